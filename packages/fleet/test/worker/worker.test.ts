import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaceKey } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../src/client.js';
import type { RunRequest } from '../../src/model.js';
import { keepsTime } from '../../src/worker/require-time.js';
import { startWorker } from '../../src/worker/start-worker.js';
import { bucketOfCall, type SharedPace } from '../../src/worker/shared-pace.js';
import { stepPace } from '../../src/worker/step-pace.js';
import { keptDrivers } from '../../src/worker/works.js';

const KEY: PaceKey = { provider: 'aws', account: '1', region: 'eu-west-1', operation: 'CreateVpcLink' };
const SLOW = { perSecond: 1 / 15, burst: 1 };
const FAST = { perSecond: 10, burst: 1 };

/** A pace of which each reservation is answered so. */
const paceOf = (reserve: SharedPace['reserve']): SharedPace => ({
  reserve,
  slowDown: () => undefined,
  now: () => Date.now(),
  errorMs: () => 0,
  bucketOf: ({ perSecond, burst }) => ({ intervalMs: 1_000 / perSecond, burst }),
});

describe('a worker', () => {
  it('listens for others only where requests are signed', async () => {
    const drivers = () => Promise.reject(new Error('not asked for'));
    await expect(startWorker({ ingress: 'http://127.0.0.1:1', host: '0.0.0.0', drivers })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'a worker on 0.0.0.0 needs the identity key of the engine',
    });
  });

  it('does not start where its clock is far off that of the engine: waits end by it', async () => {
    const engine = createServer((_request, answer) => {
      answer.setHeader('date', new Date(Date.now() + 90_000).toUTCString());
      answer.end();
    });
    await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
    const ingress = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
    const drivers = () => Promise.reject(new Error('not asked for'));
    await expect(startWorker({ ingress, drivers })).rejects.toMatchObject({
      code: 'CLOCK_SKEWED',
      message: 'the clock of this machine is 90 s off that of the engine',
    });
    engine.close();
  });

  it('asks again until the engine answers, and does not start then either where its clock is far off', async () => {
    const waits: unknown[] = [];
    let isUp = false;
    let ahead = 1_200_000;
    const engine = createServer((_request, answer) => {
      answer.setHeader('date', new Date(Date.now() + (isUp ? ahead : 0)).toUTCString());
      answer.writeHead(isUp ? 200 : 502).end(); // a proxy answers with its own clock
    });
    await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
    const ingress = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
    const drivers = () => Promise.reject(new Error('not asked for'));
    const start = (signal?: AbortSignal) =>
      startWorker({ ingress, drivers, signal, onWait: (error) => waits.push((error as { code: string }).code) });
    const ended = new AbortController();
    const stopped = expect(start(ended.signal)).rejects.toThrow('stopped');
    setTimeout(() => ended.abort(new Error('stopped')), 700);
    await stopped;
    setTimeout(() => (isUp = true), 700);
    await expect(start()).rejects.toMatchObject({ code: 'CLOCK_SKEWED' });
    ahead = 0;
    await (await start()).stop();
    expect(waits).toEqual(['ENDPOINT_UNREACHABLE', 'ENDPOINT_UNREACHABLE']);
    engine.close();
  });

  it('takes no work that waits while its clock is far off, and works again when it is right', async () => {
    let aheadMs = 0;
    const calls: string[] = [];
    const hook = keepsTime({ aheadMs: () => aheadMs });
    const called = async (service: string): Promise<void> => {
      const { interceptor } = hook({ request: { target: { service } } } as never);
      await interceptor?.handler?.(() => Promise.resolve(void calls.push(service)));
    };
    await called('postern-unit');
    aheadMs = -1_200_000;
    await expect(called('postern-unit')).rejects.toMatchObject({ code: 'CLOCK_SKEWED' });
    await called('postern-progress');
    aheadMs = 0;
    await called('postern-unit');
    expect(calls).toEqual(['postern-unit', 'postern-progress', 'postern-unit']);
  });

  it('asks for another driver where the external ID of a role was corrected', async () => {
    const asked: unknown[] = [];
    const drivers = keptDrivers((_place, account) => (asked.push(account?.externalId), {} as never));
    const place = { provider: 'aws', region: 'eu-west-1', account: '1', assumeRole: 'arn:aws:iam::1:role/postern' };
    for (const externalId of ['wrong', 'wrong', 'right'])
      await drivers(place, { id: '1', provider: 'aws', externalId });
    expect(asked).toEqual(['wrong', 'right']);
  });

  it('drops a driver that no unit has asked for in five minutes', async () => {
    const asked: string[] = [];
    let nowMs = 0;
    const drivers = keptDrivers(
      ({ region }) => (asked.push(region), {} as never),
      () => nowMs,
    );
    for (const [minute, region] of [
      [0, 'eu-west-1'],
      [0, 'us-west-2'],
      [4, 'eu-west-1'],
      [6, 'eu-west-1'],
      [6, 'us-west-2'],
    ] as const) {
      nowMs = minute * 60_000;
      await drivers({ provider: 'aws', region, account: '1' }, undefined);
    }
    expect(asked).toEqual(['eu-west-1', 'us-west-2', 'us-west-2']);
  });

  it('gives a step back whose turn is far away, and makes no more calls for it', async () => {
    const reserved: number[] = [0, 60_000, 0];
    const pace = paceOf(() => Promise.resolve(reserved.shift() ?? 0));
    const step = stepPace(pace, undefined);
    await step.pacer.slot(KEY, [FAST]);
    await expect(step.pacer.slot(KEY, [FAST])).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await step.later).toMatchObject({ ms: 60_000, turn: { bucket: bucketOfCall(KEY, FAST) } });
    // It ends: others of this process may wait for what it holds.
    await expect(step.pacer.slot(KEY, [])).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('gives a step back that needs a turn of a line, and goes on with the turn', async () => {
    const asked: number[] = [];
    const pace = paceOf((_key, { perSecond }) => {
      asked.push(perSecond);
      return Promise.resolve(0);
    });
    const step = stepPace(pace, undefined);
    const first = expect(step.pacer.slot(KEY, [SLOW, FAST])).rejects.toMatchObject({ code: 'ABORTED' });
    const later = await step.later;
    expect(later).toEqual({ bucket: bucketOfCall(KEY, SLOW), line: { intervalMs: 15_000, burst: 1 } });
    await first;
    expect(asked).toEqual([]);
    const again = stepPace(pace, { bucket: bucketOfCall(KEY, SLOW), dueMs: Date.now(), isOwn: true });
    await again.pacer.slot(KEY, [SLOW, FAST]);
    expect(asked).toEqual([FAST.perSecond]);
    const second = expect(again.pacer.slot(KEY, [SLOW])).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await again.later).toEqual(later); // a turn is one call's
    await second;
  });

  it('makes no more calls for an attempt that has ended, also between two changes', async () => {
    const pace = paceOf(() => Promise.resolve(0));
    const over = new AbortController();
    const step = stepPace(pace, undefined, over.signal);
    step.begin();
    await step.pacer.slot(KEY, [FAST]);
    over.abort();
    await expect(step.pacer.slot(KEY, [FAST])).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it.each([
    ['uses the turn that the engine has waited for', 20, 0],
    ['takes another turn where it comes late', -5_000, 1],
  ])('%s', async (_title, inMs, reserved) => {
    let count = 0;
    const reserve = () => {
      count += 1;
      return Promise.resolve(0);
    };
    const taken = { bucket: bucketOfCall(KEY, FAST), dueMs: Date.now() + inMs };
    await stepPace(paceOf(reserve), taken).pacer.slot(KEY, [FAST]);
    expect(count).toBe(reserved);
  });
});

describe('a run that cannot be carried out', () => {
  const request: RunRequest = {
    run: 'r',
    goal: 'apply',
    specs: [{ name: 'a', spec: {} as never }],
    accounts: [{ id: '1', provider: 'aws' }],
    waves: [{ name: 'all', specs: ['a'] }],
  };
  it.each<[string, Partial<RunRequest>, string]>([
    ['an ID with a slash', { run: 'a/b' }, 'run "a/b" is not a valid ID'],
    ['a spec twice', { specs: [...request.specs, ...request.specs] }, 'spec a is there twice'],
    ['a spec in two waves', { waves: [...request.waves, ...request.waves] }, 'spec a is in two waves'],
    ['a spec in no wave', { waves: [] }, 'spec a is in no wave'],
    ['an account twice', { accounts: [...request.accounts, ...request.accounts] }, 'account aws 1 is there twice'],
    [
      'an unknown spec',
      { waves: [{ name: 'all', specs: ['a', 'b'] }] },
      'a wave names b, which is not a spec of the run',
    ],
    ['a move without moves', { goal: 'migrate' }, 'a has no moves'],
  ])('is refused: %s', (_title, more, message) => {
    expect(() => checkRequest({ ...request, ...more })).toThrow(message);
  });
});
