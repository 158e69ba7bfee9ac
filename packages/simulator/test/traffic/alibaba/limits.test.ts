import { describe, expect, it } from 'vitest';
import { edit } from '../../checks/show.js';
import { idOf } from '../../alibaba/ecs/account.js';
import { publish, shop, type Shop } from './shop.js';

/** How many of so many calls at one moment are delivered, and how the last one ends. */
async function burst({ get }: Shop, calls: number, headers = {}): Promise<[delivered: number, last: string]> {
  let delivered = 0;
  let last = '';
  for (let made = 0; made < calls; made += 1) {
    last = await get('/orders/7', headers);
    if (last === 'delivered 200') delivered += 1;
  }
  return [delivered, last];
}

const limit = ({ sim }: Shop, id: string, to: object) =>
  edit(sim, (row) => row['id'] === id && row['httpsPolicy'] !== undefined, to);

describe('throttling', () => {
  it('is by the calls a second of the group, and of the instance', async () => {
    const world = await shop({ throttle: true });
    limit(world, world.groupId, { trafficLimit: 5 });
    expect(await burst(world, 8)).toEqual([5, 'throttled 429 T429GR']);
    await world.sim.advance(400);
    expect(await burst(world, 8)).toEqual([2, 'throttled 429 T429GR']);
    limit(world, world.groupId, { trafficLimit: 500 });
    limit(world, world.linkId, { requestsPerSecond: 3 });
    await world.sim.advance(1000);
    expect(await burst(world, 8)).toEqual([3, 'throttled 429 T429IN']);
    expect(world.sim.traffic.counters().lost).toBe(0);
  });

  it('is by a plug-in of the API: all calls, and those of one application', async () => {
    const world = await shop({ throttle: true });
    const { cloud, groupId: GroupId, ordersId: ApiId, sim } = world;
    const plugin = {
      PluginName: 'limits',
      PluginType: 'trafficControl',
      PluginData: 'unit: MINUTE\napiDefault: 10\nappDefault: 4\n',
    };
    const PluginId = idOf(cloud.cloudapi('CreatePlugin', plugin), 'PluginId');
    cloud.cloudapi('AttachPlugin', { PluginId, GroupId, ApiId, StageName: 'RELEASE' });
    const one = { 'x-ca-key': '1', 'x-ca-signature': 'x' };
    expect(await burst(world, 6, one)).toEqual([4, 'throttled 429 T429PR']);
    expect(await burst(world, 9)).toEqual([4, 'throttled 429 T429PR']);
    await sim.advance(60_000);
    expect((await burst(world, 12))[0]).toBe(10);
    expect(await world.get('/carts/1')).toBe('delivered 200');
  });

  it('is by a policy of the older form, which a change of it reaches', async () => {
    const world = await shop({ throttle: true });
    const { cloud, groupId: GroupId, ordersId: ApiIds, sim } = world;
    const policy = { TrafficControlName: 'limits', TrafficControlUnit: 'MINUTE', ApiDefault: 3 };
    const TrafficControlId = idOf(cloud.cloudapi('CreateTrafficControl', policy), 'TrafficControlId');
    const bound = { TrafficControlId, GroupId, ApiIds, StageName: 'RELEASE' };
    cloud.cloudapi('SetTrafficControlApis', bound);
    expect(await burst(world, 6)).toEqual([3, 'throttled 429 T429PR']);
    cloud.cloudapi('RemoveTrafficControlApis', bound);
    await sim.advance(10_000);
    expect((await burst(world, 6))[0]).toBe(6);
  });

  it('is off with the throttles of the simulation', async () => {
    const world = await shop();
    limit(world, world.groupId, { trafficLimit: 1 });
    expect((await burst(world, 5))[0]).toBe(5);
  });
});

it('sizes: end at 8 KB of URL and headers, and at 32 MB of body', async () => {
  const { call, host, get, cloud, groupId } = await shop();
  publish(cloud, groupId, { path: '/any/*', method: 'ANY', access: 'server' });
  expect(await get(`/any/${'a'.repeat(7000)}`)).toBe('delivered 200');
  expect(await get(`/any/${'a'.repeat(8200)}`)).toBe('too-large 413 I413UL');
  expect(await get('/any/a', { 'x-long': 'a'.repeat(8200) })).toBe('too-large 413 I413UL');
  const most = 32 * 1024 * 1024;
  const put = async (size: number) =>
    (await call({ host, path: '/any/a', method: 'PUT', body: new Uint8Array(size) })).outcome;
  expect([await put(most), await put(most + 1)]).toEqual(['delivered', 'too-large']);
});

describe('authentication', () => {
  it('of type APP asks for an application: a key with a signature, or a code', async () => {
    const { cloud, groupId, get } = await shop();
    publish(cloud, groupId, { path: '/app', access: 'server', more: { AuthType: 'APP' } });
    expect(await get('/app')).toBe('unauthorized 400 A400MA');
    expect(await get('/app', { Authorization: 'Bearer x' })).toBe('unauthorized 400 A400MA');
    expect(await get('/app', { 'X-Ca-Key': '1' })).toBe('unauthorized 400 I400MH');
    expect(await get('/app', { 'X-Ca-Key': '1', 'X-Ca-Signature': 'bad' })).toBe('unauthorized 400 A400IK');
  });

  it('by OpenID Connect is not simulated', async () => {
    const { cloud, groupId, get } = await shop();
    publish(cloud, groupId, { path: '/openid', access: 'server', more: { AuthType: 'OPENID' } });
    expect(await get('/openid', { Authorization: 'Bearer x' })).toBe('unauthorized 501');
  });
});
