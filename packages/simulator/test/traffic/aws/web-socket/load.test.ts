import { describe, expect, it } from 'vitest';
import { SERVER } from '../../../aws/connects/world.js';
import { chat } from './scene.js';

const ONE = { paths: ['/prod'], perSecond: 1 };

describe('a load job of a WebSocket API', () => {
  it('opens a connection for each call, sends its message and closes it', async () => {
    const { sim, host } = await chat();
    const job = sim.traffic.load({ ...ONE, gateway: host, message: '{"action":"join"}', seconds: 10 });
    await sim.advance(10_000);
    expect(job.status()).toMatchObject({ calls: 10, delivered: 10, lost: 0, done: true });
    const calls = new Map<string, number>();
    for (const row of sim.traffic.counters().by) calls.set(row.route, (calls.get(row.route) ?? 0) + row.calls);
    expect(Object.fromEntries(calls)).toEqual({ $connect: 10, join: 10, $disconnect: 10 });
  });

  it('counts a call once, as lost where its connection or its message is lost', async () => {
    const { sim, host } = await chat();
    const job = sim.traffic.load({ ...ONE, gateway: host, message: '{"action":"join"}', seconds: 4 });
    await sim.advance(1_500);
    sim.backends.add({ address: SERVER, port: 80, behavior: { reset: true } });
    await sim.advance(2_500);
    expect(job.status()).toMatchObject({ calls: 4, delivered: 2, lost: 2, firstLost: { outcome: 'reset' } });
  });

  it('does not deliver a message whose route was deleted, and needs no route $connect', async () => {
    const { sim, host, api, ApiId } = await chat(['join', 'leave']);
    const job = sim.traffic.load({ ...ONE, gateway: host, message: '{"action":"join"}', seconds: 0 });
    const idle = sim.traffic.load({ ...ONE, gateway: host, message: '', seconds: 0 });
    await sim.advance(10_000);
    const join = api('GetRoutes', { ApiId }).Items.find((one: { RouteKey: string }) => one.RouteKey === 'join');
    api('DeleteRoute', { ApiId, RouteId: join.RouteId });
    const { DeploymentId } = api('CreateDeployment', { ApiId });
    api('UpdateStage', { ApiId, StageName: 'prod', DeploymentId });
    await sim.advance(20_000);
    const { calls, delivered, lost } = job.end();
    expect(delivered).toBeGreaterThan(9);
    expect(delivered).toBeLessThan(16); // until the change is in effect
    expect([calls, lost]).toEqual([31, 0]); // no route: no private integration would have delivered it
    expect(idle.end()).toMatchObject({ calls: 31, delivered: 31 });
  });

  it('is refused for a message that is no text', async () => {
    const { sim, host } = await chat();
    const spec = { ...ONE, gateway: host, message: 1 as never, seconds: 0 };
    expect(() => sim.traffic.load(spec)).toThrow(RangeError);
  });
});
