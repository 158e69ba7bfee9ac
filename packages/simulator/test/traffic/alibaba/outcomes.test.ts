import { describe, expect, it } from 'vitest';
import { edit } from '../../checks/show.js';
import { publish, shop, type Shop } from './shop.js';

const ORDERS = '/orders/7';
const CARTS = '/carts/7';
const listener = ({ loadBalancerId }: Shop) => ({ LoadBalancerId: loadBalancerId, ListenerPort: 80 });
const status =
  (to: string) =>
  ({ sim, linkId }: Shop) =>
    edit(sim, (row) => row['id'] === linkId && row['spec'] !== undefined, { status: to });

describe('a call of an API group', () => {
  it('is counted with its gateway, its link and its end', async () => {
    const world = await shop();
    status('CREATING')(world);
    await world.call({ host: world.host, path: ORDERS });
    const counted = { gateway: world.groupId, link: world.linkId, outcome: 'link-pending', status: 504, calls: 1 };
    expect(world.sim.traffic.counters().by).toMatchObject([counted]);
  });

  it('is answered 502, 503 and 504 by a layer 7 listener in front', async () => {
    const world = await shop();
    const { cloud, get, call, host, sim, loadBalancerId, serverId } = world;
    const at80 = listener(world);
    cloud.slb('DeleteLoadBalancerListener', at80);
    cloud.slb('CreateLoadBalancerHTTPListener', {
      ...at80,
      BackendServerPort: 80,
      StickySession: 'off',
      HealthCheck: 'off',
    });
    cloud.slb('StartLoadBalancerListener', at80);
    await sim.advance(60_000);
    const { body } = await call({ host, path: CARTS });
    const seen = JSON.parse(body) as { source: string; headers: Record<string, string> };
    expect(seen.source).toMatch(/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./);
    expect(seen.headers['x-forwarded-for']).toMatch(/^203\.0\.113\.10, 10\.0\.[12]\.\d+$/);
    expect(seen.headers).not.toHaveProperty('slb-id');
    // CreateLoadBalancerHTTPListener: XForwardedFor_SLBID, XForwardedFor_SLBIP, XForwardedFor_proto
    const on = { XForwardedFor_SLBID: 'on', XForwardedFor_SLBIP: 'on', XForwardedFor_proto: 'on' };
    cloud.slb('SetLoadBalancerHTTPListenerAttribute', { ...at80, ...on });
    const { headers } = JSON.parse((await call({ host, path: CARTS })).body) as typeof seen;
    expect(headers).toMatchObject({
      'slb-id': at80.LoadBalancerId,
      'slb-ip': '10.0.3.20',
      'x-forwarded-proto': 'http',
    });
    sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { reset: true } });
    expect(await get(CARTS)).toBe('reset 502');
    sim.backends.remove();
    publish(cloud, world.groupId, { path: '/slow', access: 'balancer', service: { ServiceTimeout: 70_000 } });
    sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { delayMs: 61_000 } });
    expect(await get('/slow')).toBe('timeout 504');
    cloud.slb('RemoveBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `["${serverId}"]` });
    expect(await get(CARTS)).toBe('no-healthy-target 503');
  });

  it('loses its answer where the instance is deleted meanwhile', async () => {
    const world = await shop();
    world.sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { delayMs: 1000 } });
    const answer = world.call({ host: world.host, path: ORDERS });
    status('DELETING')(world);
    expect(await answer).toMatchObject({ outcome: 'reset', status: 504 });
  });
});
