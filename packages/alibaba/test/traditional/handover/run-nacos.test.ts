import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../../../core/test/clouds.js';
import { editsOf } from '../../../src/traditional/handover/finish/edits.js';
import { stepOf } from '../../../src/traditional/handover/run/objects.js';
import { REGION } from '../../world/simulated.js';
import { carryOut, HOST, runWorld } from './run-world.js';
import { definition, publish } from './shop.js';

const INSTANCE = 'mse-cn-a1b2c3d4';
const SERVER = `mse-a1b2c3d4-nacos-ans.${REGION}.mse.aliyuncs.com:8848`;

/** A group whose named backends find `orders` and `carts` in one registry, which is a source of the target, or not. */
async function scene(isSource = true) {
  const world = await runWorld();
  const { call, cloud, simulation, gatewayId } = world;
  simulation.plant(REGION, { kind: 'nacos-instance', instanceId: INSTANCE, is: 'running' });
  const [server] = call('Ecs', 'DescribeInstances', {}).Instances.Instance;
  const [address] = server.VpcAttributes.PrivateIpAddress.IpAddress;
  for (const service of ['orders', 'carts']) {
    const instances = `${address}:8080`;
    simulation.plant(REGION, { kind: 'nacos-service', instanceId: INSTANCE, group: 'SHOP', service, instances });
    const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: service, BackendType: 'DISCOVERY' });
    const NacosConfig = { ServerAddress: SERVER, ServiceName: service, GroupName: 'SHOP' };
    call('CloudAPI', 'CreateBackendModel', {
      BackendId,
      BackendType: 'DISCOVERY',
      StageName: 'RELEASE',
      BackendModelData: JSON.stringify({ DiscoveryConfig: { RcType: 'nacos', NacosConfig } }),
    });
    publish(cloud, definition(`/registered/${service}`, {}, { AuthType: 'ANONYMOUS', BackendEnable: true, BackendId }));
  }
  const config = { gatewayId, type: 'MSE_NACOS', nacosSourceConfig: { instanceId: INSTANCE } };
  const add = () => call('APIG', 'CreateSource', config).sourceId as string;
  if (isSource) add();
  const registered = () =>
    (call('APIG', 'ListServices', { gatewayId, sourceType: 'MSE_NACOS' }).items as any[])
      .map(({ name, groupName, namespace }) => `${groupName}/${name} in ${namespace}`)
      .toSorted();
  return { ...world, add, registered };
}

describe('a hand-over of backends in a registry', () => {
  it('reuses a service of the source, creates the other, and leads routes to both', async () => {
    const world = await scene();
    const { call, gatewayId, simulation } = world;
    const config = { name: 'orders', namespace: 'public', groupName: 'SHOP' };
    call('APIG', 'CreateService', { gatewayId, sourceType: 'MSE_NACOS', serviceConfigs: [config] });
    const plan = await world.plan();
    const { result } = await carryOut(world, plan);
    expect(result).toMatchObject({ state: 'built', failures: [] });
    expect(world.registered()).toEqual(['SHOP/carts in public', 'SHOP/orders in public']);
    const made = result.stages[0]?.objects.filter(
      ({ kind, name }) => kind === 'service' && /^(?:orders|carts)$/.test(name),
    );
    expect(made?.map(({ name, created }) => `${name} ${created}`).toSorted()).toEqual(['carts true', 'orders false']);
    await simulation.advance(60_000);
    for (const service of ['orders', 'carts'])
      expect(
        await simulation.traffic.call({
          host: HOST,
          path: `/registered/${service}`,
          headers: { 'x-postern-address-of': gatewayId },
        }),
      ).toMatchObject({ status: 200, outcome: 'delivered' });
    expect(createdBy((await carryOut(world, plan)).result)).toEqual([]);

    // The spec of afterwards names both in the registry.
    const objects = result.stages[0]?.objects ?? [];
    const ids = new Map(objects.map(({ kind, name, id }) => [stepOf({ kind, name }), { id }] as const));
    const { postern } = editsOf(plan, [{ ids } as never]) as unknown as { readonly postern: string };
    const spec = parseSpec(`version: 1\nproject: shop\n${postern}`);
    const targets = Object.values(spec.integrations).flatMap((one) => Object.values(one.targets));
    expect(targets.flatMap(({ ref }) => (ref as { nacos?: object }).nacos ?? [])).toEqual(
      ['carts', 'orders'].map((service) => ({ source: SERVER, namespace: 'public', group: 'SHOP', service })),
    );
  });

  it('fails with the sources that exist where the registry is none of them, and goes on once it is', async () => {
    const world = await scene(false);
    const plan = await world.plan();
    const { result, journal } = await carryOut(world, plan);
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'NOT_FOUND' }] });
    expect(result.failures[0]?.message).toContain(SERVER);
    world.add();
    expect((await carryOut(world, plan, { journal })).result).toMatchObject({ state: 'built', failures: [] });
    expect(world.registered()).toHaveLength(2);
  });

  it('is refused before the first write where the gateway is bought: it has no source', async () => {
    const world = await scene();
    const plan = await world.plan({ targets: [], purchase: { vSwitchIds: world.subnetIds } });
    await expect(carryOut(world, plan, { allowPurchase: true })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      remedy: expect.stringContaining('add the registry to it as a source'),
    });
  });
});

/** What a run created. */
const createdBy = ({ stages }: Awaited<ReturnType<typeof carryOut>>['result']) =>
  stages.flatMap(({ objects }) => objects.filter(({ created }) => created));
