import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { Agenda } from '../../src/simulation/time/earliest-first.js';
import { Load, type LoadSpec } from '../../src/simulation/traffic/load.js';
import type { Outcome } from '../../src/simulation/traffic/outcomes.js';

const SPEC: LoadSpec = { gateway: 'api', paths: ['/a', '/b', '/c'], perSecond: 10, seconds: 2 };

/** A job on an agenda of its own; `outcome` answers each call, which takes `tookMs`. */
function job(spec: unknown, outcome: (path: string, at: number) => Outcome = () => 'delivered', tookMs = 0) {
  const agenda = new Agenda();
  let now = 0;
  const made: [number, string][] = [];
  const load = new Load(spec, {
    now: () => now,
    at: (ms, action) => agenda.add(ms, action),
    call: (_spec, path, ended) => {
      made.push([now, path]);
      const result = outcome(path, now);
      agenda.add(now + tookMs, () => ended(result, now));
    },
  });
  const to = (ms: number): void => {
    for (let entry = agenda.takeDue(ms); entry; entry = agenda.takeDue(ms)) {
      now = entry.at;
      entry.action();
    }
    now = ms;
  };
  return { load, made, to };
}

describe('a load job', () => {
  it('makes its calls evenly and calls each path in turn', () => {
    const { load, made, to } = job(SPEC);
    to(10_000);
    expect(made).toHaveLength(20);
    expect(made.slice(0, 4)).toEqual([
      [0, '/a'],
      [100, '/b'],
      [200, '/c'],
      [300, '/a'],
    ]);
    expect(load.status()).toEqual({ calls: 20, delivered: 20, lost: 0, firstLost: null, done: true });
  });

  it('has the names of its headers in lower case, as gateways read them', () => {
    const headers: unknown[] = [];
    const ground = { now: () => 0, at: () => undefined, call: (spec: LoadSpec) => headers.push(spec.headers) };
    new Load({ ...SPEC, paths: ['/a'], headers: { 'X-Ca-Stage': 'PRE' } }, ground).callNow();
    expect(headers).toEqual([{ 'x-ca-stage': 'PRE' }]);
  });

  it('names the first call that was lost', () => {
    const { load, to } = job(SPEC, (_path, at) => (at >= 500 && at < 800 ? 'link-missing' : 'delivered'));
    to(10_000);
    expect(load.status()).toMatchObject({
      calls: 20,
      delivered: 17,
      lost: 3,
      firstLost: { at: '1970-01-01T00:00:00.500Z', outcome: 'link-missing', path: '/c' },
    });
  });

  it('does not count as lost what no private integration delivers', () => {
    const { load, to } = job(SPEC, () => 'throttled');
    to(10_000);
    expect(load.status()).toMatchObject({ calls: 20, delivered: 0, lost: 0 });
  });

  it('is done when its last answer has come', () => {
    const { load, to } = job(SPEC, () => 'delivered', 1000);
    to(2000);
    expect(load.status()).toMatchObject({ calls: 11, done: false });
    to(3000);
    expect(load.status()).toMatchObject({ calls: 20, done: true });
  });

  it('without an end goes on until it is stopped', () => {
    const { load, made, to } = job({ ...SPEC, seconds: 0 });
    to(100_000);
    expect(made).toHaveLength(1001);
    load.stop();
    to(200_000);
    expect(load.status()).toMatchObject({ calls: 1001, done: true });
  });

  it.runIf(PROVE)('ends by itself, and says so, where one jump would make millions of calls', () => {
    const { load, to } = job({ ...SPEC, perSecond: 10_000, seconds: 0 });
    to(300_000);
    expect(load.status().stopped).toContain('more than 2000000 calls');
    expect(load.status()).toMatchObject({ calls: 2_000_000, done: true });
  });

  it.each([
    [{ ...SPEC, paths: [] }, '"paths"'],
    [{ ...SPEC, paths: ['orders'] }, '"paths"'],
    [{ ...SPEC, paths: ['/a b'] }, '"paths"'],
    [{ ...SPEC, perSecond: 0 }, '"perSecond"'],
    [{ ...SPEC, perSecond: 1e6 }, '"perSecond"'],
    [{ ...SPEC, seconds: -1 }, '"seconds"'],
    [{ ...SPEC, seconds: Number.NaN }, '"seconds"'],
    [{ ...SPEC, method: 'get' }, '"method"'],
    [{ ...SPEC, speed: 1 }, 'no "speed"'],
    [null, 'is an object'],
  ])('is refused: %j', (spec, message) => {
    expect(() => job(spec)).toThrow(message);
  });
});
