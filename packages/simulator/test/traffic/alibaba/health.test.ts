import { describe, expect, it } from 'vitest';
import { runInstance } from '../../alibaba/ecs/account.js';
import { shop, type Shop } from './shop.js';

const SECOND = 1000;

/** The shop, with a second server of thrice the weight behind the load balancer. */
async function balanced(): Promise<Shop & { readonly second: string }> {
  const world = await shop();
  const { cloud, vSwitches, groups, loadBalancerId, sim } = world;
  const place = { VSwitchId: vSwitches.back, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.3.11' };
  const second = runInstance(cloud, place);
  await sim.advance(600 * SECOND);
  cloud.slb('AddBackendServers', {
    LoadBalancerId: loadBalancerId,
    BackendServers: JSON.stringify([{ ServerId: second, Weight: 100 }]),
  });
  cloud.slb('SetBackendServers', {
    LoadBalancerId: loadBalancerId,
    BackendServers: JSON.stringify([
      { ServerId: world.serverId, Weight: 25 },
      { ServerId: second, Weight: 75 },
    ]),
  });
  return { ...world, second };
}

/** How many of the next 400 calls each server got, and how many were lost. */
async function shares({ sim, host, serverId, second }: Shop & { readonly second: string }) {
  sim.traffic.resetCounters();
  const load = sim.traffic.load({ gateway: host, paths: ['/carts/1'], perSecond: 1000, seconds: 0.4 });
  await sim.advance(SECOND);
  const { by } = sim.traffic.counters();
  const of = (id: string): number =>
    by
      .filter(({ target, outcome }) => target === `${id}:80` && outcome === 'delivered')
      .reduce((sum, { calls }) => sum + calls, 0);
  return { first: of(serverId), second: of(second), lost: load.status().lost };
}

const health = ({ cloud, loadBalancerId }: Shop, id: string): string => {
  const { BackendServers } = cloud.slb('DescribeHealthStatus', { LoadBalancerId: loadBalancerId }) as {
    BackendServers?: { BackendServer: { ServerId: string; ServerHealthStatus: string }[] };
  };
  return BackendServers?.BackendServer.find(({ ServerId }) => ServerId === id)?.ServerHealthStatus ?? '';
};

describe('servers behind a load balancer', () => {
  it('get calls in proportion to their weights, and see the address of the instance', async () => {
    const world = await balanced();
    const { first, second, lost } = await shares(world);
    expect([first + second, lost]).toEqual([400, 0]);
    expect(second).toBeGreaterThan(2 * first);
    for (const { source } of world.sim.traffic.counters().by) expect(source).toMatch(/^10\.0\.[12]\./);
  });

  it('become abnormal after three failed checks, and normal again after three that passed', async () => {
    const world = await balanced();
    const { sim, second: id } = world;
    sim.backends.add({ address: '10.0.3.11', port: 80, behavior: { reset: true } });
    expect(health(world, id)).toBe('normal');
    expect((await shares(world)).lost).toBeGreaterThan(200);
    await sim.advance(5 * SECOND);
    expect(health(world, id)).toBe('abnormal');
    expect(await shares(world)).toEqual({ first: 400, second: 0, lost: 0 });
    expect(sim.connects(world.linkId, '10.0.3.20', 80).connects).toBe(true);
    sim.backends.remove();
    expect((await shares(world)).second).toBe(0);
    await sim.advance(6 * SECOND);
    expect(health(world, id)).toBe('normal');
    expect((await shares(world)).second).toBeGreaterThan(200);
  });

  it('are none, where all fail', async () => {
    const world = await balanced();
    for (const address of ['10.0.3.10', '10.0.3.11']) {
      world.sim.backends.add({ address, port: 80, behavior: { reset: true } });
    }
    expect(await world.get('/carts/1')).toBe('reset 504 D504CO');
    await world.sim.advance(6 * SECOND);
    expect(await world.get('/carts/1')).toBe('no-healthy-target 504 D504CO');
    expect(world.sim.connects(world.linkId, '10.0.3.20', 80).by).toBe('backend-servers');
  });

  it('are checked by what the listener says: the status, over HTTP', async () => {
    const world = await balanced();
    const { cloud, sim, loadBalancerId, second: id } = world;
    sim.backends.add({ address: '10.0.3.11', port: 80, behavior: { status: 503 } });
    await sim.advance(60 * SECOND);
    expect(health(world, id)).toBe('normal');
    cloud.slb('SetLoadBalancerTCPListenerAttribute', {
      LoadBalancerId: loadBalancerId,
      ListenerPort: 80,
      HealthCheckType: 'http',
      HealthCheckHttpCode: 'http_2xx,http_3xx',
    });
    expect(health(world, id)).toBe('abnormal');
  });
});
