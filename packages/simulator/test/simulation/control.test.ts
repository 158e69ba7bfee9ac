import { beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { hosted } from '../hosted.js';

const sim = simulate({ seed: 3 });
const server = hosted(sim);
beforeEach(() => sim.reset());

async function control(method: string, path: string, body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${server().url}/_postern/${path}`, {
    method,
    ...(body === undefined ? {} : { body: text }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('control', () => {
  it('returns its health and its time', async () => {
    expect((await control('GET', 'health')).status).toBe(200);
    expect((await control('GET', 'clock')).body).toEqual({ now: Date.parse('2026-06-01T00:00:00Z'), speed: 0 });
  });

  it('advances by any amount', async () => {
    const { body } = await control('POST', 'advance', { ms: 365 * 86_400_000 });
    expect(body['now']).toBe(Date.parse('2027-06-01T00:00:00Z'));
  });

  it('makes a caller over HTTP wait like callers in process: automatic time continues meanwhile', async () => {
    const auto = await simulate({ seed: 3, clock: 'auto' }).listen();
    const post = async (path: string, init?: RequestInit) =>
      (await (await fetch(`${auto.url}/_postern/${path}`, init)).json()) as { now: number; auto: boolean };
    const before = await post('clock');
    expect(before.auto).toBe(true);
    const after = await post('sleep', { method: 'POST', body: '{"ms":600000}' });
    expect(after.now - before.now).toBe(600_000);
    await auto.close();
  });

  it.each<[string, string, unknown, number, string]>([
    ['POST', 'sleep', {}, 400, 'no time'],
    ['POST', 'advance', {}, 400, 'no time'],
    ['POST', 'advance', { ms: -1 }, 400, 'time does not run backwards'],
    ['POST', 'advance', { ms: '5' }, 400, 'a string'],
    ['POST', 'advance', '{"ms":1e400}', 400, 'infinity'],
    ['POST', 'advance', '{', 400, 'not JSON'],
    ['POST', 'advance', 'null', 400, 'nothing'],
    ['GET', 'advance', undefined, 405, 'the wrong method'],
    ['GET', 'nothing', undefined, 404, 'no such path'],
    ['GET', '', undefined, 404, 'no path'],
    ['GET', '__proto__', undefined, 404, 'an inherited name'],
    ['POST', 'world', {}, 400, 'not a world'],
    ['POST', 'world', { kind: 'postern-world', version: 99 }, 400, 'a world of another version'],
    ['POST', 'faults', { kind: 'nothing' }, 400, 'no such fault'],
    ['POST', 'faults', { kind: 'slow', ms: 'long' }, 400, 'not a number'],
    ['POST', 'faults', { kind: 'slow', often: 3 }, 400, 'an unknown member'],
  ])('%s %s %j: %i, %s', async (method, path, body, status) => {
    expect((await control(method, path, body)).status).toBe(status);
  });

  it('saves and loads a world: resources and timers are restored', async () => {
    const { ec2, apiGatewayV2 } = sim.clients('eu-west-1');
    const vpcs = await ec2.describeVpcs({});
    const api = await apiGatewayV2.createApi({ Name: 'orders', ProtocolType: 'HTTP', Tags: { a: 'b' } });
    const { body: world } = await control('GET', 'world');
    await control('POST', 'reset', {});
    expect((await apiGatewayV2.getApis({})).Items).toEqual([]);
    expect((await control('POST', 'world', world)).status).toBe(200);
    const { $metadata: _a, ...expected } = api;
    const { $metadata: _b, ...seen } = await apiGatewayV2.getApi({ ApiId: api.ApiId });
    expect(seen).toMatchObject(expected);
    expect((await ec2.describeVpcs({})).Vpcs).toEqual(vpcs.Vpcs);
    expect((await control('GET', 'world')).body).toEqual(world);
  });

  it('resets clock, journal, faults and clouds; the same calls give the same ids again', async () => {
    const run = async () => {
      const { apiGatewayV2 } = sim.clients('eu-west-1');
      return (await apiGatewayV2.createApi({ Name: 'orders', ProtocolType: 'HTTP' })).ApiId;
    };
    const first = await run();
    await control('POST', 'faults', { kind: 'error' });
    await control('POST', 'advance', { ms: 5000 });
    await control('POST', 'reset', {});
    expect((await control('GET', 'journal')).body).toEqual({ calls: [], total: 0 });
    expect((await control('GET', 'faults')).body).toEqual({ faults: [] });
    expect(await run()).toBe(first);
  });

  it('keeps control calls out of the journal', async () => {
    await control('GET', 'clock');
    expect((await control('GET', 'journal')).body).toEqual({ calls: [], total: 0 });
  });
});

it('a request that no cloud serves: is refused with a hint', async () => {
  const response = await fetch(`${server().url}/v2/apis`);
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('signature');
});
