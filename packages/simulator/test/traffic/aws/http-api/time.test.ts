import { describe, expect, it } from 'vitest';
import { openShop } from './shop.js';

describe('time on the way through an HTTP API', () => {
  it('ends at the timeout of the integration, with 503', async () => {
    const { sim, server, get, ...world } = await openShop('ANY /{proxy+}', { TimeoutInMillis: 2_000 });
    sim.backends.add({ address: server, port: 8080, behavior: { delayMs: 5_000 } });
    const waiting = get('/slow');
    await sim.advance(2_000);
    const { status, body, outcome, because, headers } = await waiting;
    expect([status, body, outcome]).toEqual([503, '{"message":"Service Unavailable"}', 'timeout']);
    expect(because).toBe('There was no answer within 2000 ms.');
    expect(headers['date']).toBe('Mon, 01 Jun 2026 00:10:02 GMT');
    expect(sim.traffic.counters().by).toMatchObject([{ target: `${server}:8080`, route: 'ANY /{proxy+}', calls: 1 }]);
    world.gateway('UpdateIntegration', {
      ApiId: world.ApiId,
      IntegrationId: world.integrationId,
      TimeoutInMillis: 10_000,
    });
    const again = get('/slow');
    await sim.advance(5_000);
    expect((await again).outcome).toBe('delivered');
  });

  it('a change of a route reaches the data path after its delay, and a slow call ends where it began', async () => {
    const world = await openShop('ANY /{proxy+}', {}, { dataPathDelay: 3_000 });
    const { sim, gateway, ApiId, server, get, routeId } = world;
    await sim.advance(3_000);
    const newLink = world.link('new');
    await sim.advance(600_000);
    const next = world.integration({ ConnectionId: newLink });
    sim.backends.add({ address: server, port: 8080, behavior: { delayMs: 4_000 } });
    const early = get('/orders');
    gateway('UpdateRoute', { ApiId, RouteId: routeId, Target: `integrations/${next}` });
    const during = get('/orders');
    await sim.advance(3_000);
    const late = get('/orders');
    await sim.advance(4_000);
    const links = (await Promise.all([early, during, late])).map(({ outcome, trace }) => [outcome, trace.link]);
    expect(links).toEqual([
      ['delivered', world.linkId],
      ['delivered', world.linkId],
      ['delivered', newLink],
    ]);
  });

  it('a load job sees the same as single calls', async () => {
    const { sim, host, ApiId, gateway, routeId } = await openShop('ANY /{proxy+}');
    const job = sim.traffic.load({ gateway: host, paths: ['/a', '/b'], perSecond: 10, seconds: 60 });
    await sim.advance(30_000);
    gateway('DeleteRoute', { ApiId, RouteId: routeId });
    await sim.advance(31_000);
    const { calls, delivered, lost, done } = job.status();
    // without any route there is no deployment: the stage serves the last one
    expect({ calls, delivered, lost, done }).toEqual({ calls: 600, delivered: 600, lost: 0, done: true });
  });
});
