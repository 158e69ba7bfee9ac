import { CLOUDS, parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import { createContext, driversOf } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { simulate } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import {
  applied,
  destroyOf,
  failuresOf,
  idsOf,
  planOf,
  snapshotOf,
} from '../../../testing/src/conformance/apply/spec-runs.js';
import { expectSample } from '../../../core/test/check/expect-sample.js';
import { alibaba } from '../../src/index.js';
import { apigAccount, REGION } from './apig-account.js';

const INSTANCE = 'mse-cn-a1b2c3d4';

/** A gateway that is there, with a Nacos instance as its source, where `orders` is registered with one machine. */
async function scene({ sources = [INSTANCE] }: { readonly sources?: readonly string[] } = {}) {
  const account = await apigAccount();
  const { simulation, roa, group, apiId } = account;
  const machine = await account.machine();
  const register = (service: string, ...instances: readonly string[]) =>
    simulation.plant(REGION, {
      kind: 'nacos-service',
      instanceId: INSTANCE,
      group: 'DEFAULT_GROUP',
      service,
      ...(instances.length > 0 && { instances: instances.join(',') }),
    });
  for (const instanceId of sources) simulation.plant(REGION, { kind: 'nacos-instance', instanceId, is: 'running' });
  register('orders', `${machine.address}:8080`);
  const link = `{ provider: alibaba, kind: apig-gateway, subnets: [${account.subnets.join(', ')}], access: both, allowlist: [{ group: ${group}, ports: [8080] }] }`;
  const text = (targets = '', routes = '') => `
version: 1
project: shop
spec: shop-1a2b3c4d
defaults: { region: cn-hangzhou }
links: { main: ${link} }
integrations:${
    targets === ''
      ? ' {}'
      : `
  orders: { link: main, gateway: { apigHttpApi: ${apiId} }, targets: { ${targets} }, routes: { ${routes} } }`
  }
`;
  const spec = (target?: string) => parseSpec(text(target && `a: ${target}`, "'ANY /orders/{proxy+}': a"));
  await applied(account, spec());
  const gatewayId = (await roa('GET', '/v1/gateways'))['data'].items[0].gatewayId as string;
  const sourceIds: string[] = [];
  for (const instanceId of sources)
    sourceIds.push(
      (await roa('POST', '/v1/sources', { gatewayId, type: 'MSE_NACOS', nacosSourceConfig: { instanceId } }))['data']
        .sourceId,
    );
  const services = async () => (await roa('GET', '/v1/services'))['data'].items as readonly any[];
  const findings = async (target: string) => {
    const wanted = spec(target);
    return check(await observeSpec(wanted, driversOf(account.driver), account.ctx, { checks: true }), wanted, {
      clouds: CLOUDS,
    }).findings;
  };
  return { ...account, machine, register, spec, text, gatewayId, sourceIds, services, findings };
}

const NAMED = '{ nacos: { service: orders, group: DEFAULT_GROUP } }';

it('checks of a source: find a source that is not valid, also one that no target uses', async () => {
  const cloud = await scene({ sources: [INSTANCE, 'mse-cn-e5f6'] });
  const { simulation, sourceIds, machine } = cloud;
  const target = `{ nacos: { source: ${INSTANCE}, service: orders } }`;
  const found = async () => (await cloud.findings(target)).filter((one) => one.check === 'alibaba/nacos-source');
  const codes = async () =>
    (await found()).map(({ verdict, severity, code }) => `${verdict} ${severity} ${code}`).toSorted();
  expect(await codes()).toEqual(['pass undefined FOLLOWED']);
  await applied(cloud, cloud.spec(target));
  // The answer of a service has no source: with two of them it stays open.
  expect(await codes()).toEqual(['unknown note SOURCE_NOT_KNOWN']);
  simulation.plant(REGION, { kind: 'nacos-instance', instanceId: 'mse-cn-e5f6', is: 'released' });
  expect(await codes()).toEqual(['fail warning OTHER_INVALID', 'unknown note SOURCE_NOT_KNOWN']);
  await cloud.roa('DELETE', `/v1/sources/${sourceIds[1]}`);
  expect(await codes()).toEqual(['pass undefined FOLLOWED']);
  cloud.register('orders');
  expect(await codes()).toEqual(['fail warning NO_INSTANCE']);
  cloud.register('orders', `${machine.address}:8080`);
  simulation.plant(REGION, { kind: 'nacos-instance', instanceId: INSTANCE, is: 'released' });
  const invalid = (await found()).find(({ code }) => code === 'SOURCE_INVALID');
  expect(invalid).toMatchObject({ verdict: 'fail', severity: 'error' });
  expect(invalid?.message).toContain(sourceIds[0]);
  await expectSample(invalid!);
  simulation.plant(REGION, { kind: 'nacos-instance', instanceId: INSTANCE, is: 'running' });
  expect(await codes()).toEqual(['pass undefined FOLLOWED']);
  simulation.faults.add({ service: 'apig', operation: 'ListSources', kind: 'deny' } as never);
  expect(await codes()).toEqual(['unknown error SOURCES_NOT_READ']);
});

describe('a target of Nacos', () => {
  it('becomes a service of its source, gets calls, is imported and reused, and outlives its routes', async () => {
    const cloud = await scene();
    const { simulation, machine, apiId, gatewayId, sourceIds } = cloud;
    const spec = cloud.spec(NAMED);
    expect(idsOf(await planOf(cloud, spec))).toEqual([
      'create target a',
      `create route ANY /orders/{proxy+} on ${apiId}`,
    ]);
    await applied(cloud, spec);
    expect(idsOf(await planOf(cloud, spec))).toEqual([]);
    const [service, ...others] = await cloud.services();
    expect(others).toEqual([]);
    expect(service).toMatchObject({
      name: 'orders',
      sourceType: 'MSE_NACOS',
      groupName: 'DEFAULT_GROUP',
      namespace: 'public',
      healthStatus: 'Healthy',
    });
    const [route] = (await cloud.roa('GET', `/v1/http-apis/${apiId}/routes`))['data'].items;
    expect(route.backend.services).toMatchObject([{ serviceId: service.serviceId, protocol: 'HTTP' }]);
    expect(route.backend.services[0]).not.toHaveProperty('port');

    // Calls follow the registry, without a change of the gateway.
    const call = async () => {
      const host = (await cloud.roa('GET', '/v1/gateways'))['data'].items[0].subDomainInfos[0].name as string;
      await simulation.advance(60_000);
      return simulation.traffic.call({ host, path: '/orders/1', headers: { 'x-postern-address-of': gatewayId } });
    };
    expect(await call()).toMatchObject({ outcome: 'delivered', trace: { target: `${machine.id}:8080` } });
    cloud.register('orders');
    expect(await call()).toMatchObject({ status: 503, body: 'no healthy upstream' });
    cloud.register('orders', `${machine.address}:8080`);

    const snapshot = await snapshotOf(cloud, spec);
    expect(snapshot.regions[0]?.targets).toMatchObject([
      {
        id: service.serviceId,
        name: 'orders',
        linkId: gatewayId,
        registered: { service: 'orders', source: sourceIds[0] },
      },
    ]);
    expect(snapshot.regions[0]?.targets[0]).not.toHaveProperty('owner.project');
    const written = specFromSnapshot(snapshot, { project: 'shop', spec: 'shop-1a2b3c4d' });
    expect(written).toContain('nacos:');
    expect(written).toContain(sourceIds[0]);
    expect(idsOf(await planOf(cloud, parseSpec(written)))).toEqual([]);

    // Its name has no room for a mark: it is not deleted with the routes.
    await applied(cloud, cloud.spec(`{ instance: ${machine.id}, port: 8080 }`));
    expect((await cloud.services()).map(({ serviceId }) => serviceId)).toContain(service.serviceId);
    await applied(cloud, spec);
    expect((await cloud.services()).map(({ name }) => name)).toEqual(['orders']);
    expect(idsOf(await planOf(cloud, spec))).toEqual([]);
    const { environmentId, gatewayInfo } = route.environmentInfo;
    expect(gatewayInfo.gatewayId).toBe(gatewayId);
    const { httpApiId } = (await cloud.roa('POST', '/v1/http-apis', { name: 'other', type: 'Http' }))['data'];
    const services = [{ serviceId: service.serviceId, weight: 100 }];
    const match = { path: { type: 'Exact', value: '/other' } };
    const body = { name: 'other', environmentId, match, backendConfig: { scene: 'SingleService', services } };
    const { routeId } = (await cloud.roa('POST', `/v1/http-apis/${httpApiId}/routes`, body))['data'];
    await cloud.roa('POST', `/v1/http-apis/${httpApiId}/deploy`, { routeId });
    await cloud.simulation.advance(60_000);
    // A gateway that a route of others uses is kept, with its services.
    await applied(cloud, spec, await destroyOf(cloud, spec));
    expect(await cloud.services()).toHaveLength(1);
    await cloud.roa('POST', `/v1/http-apis/${httpApiId}/undeploy`, { routeId, environmentId, gatewayId });
    await cloud.roa('DELETE', `/v1/http-apis/${httpApiId}/routes/${routeId}`);
    await applied(cloud, spec, await destroyOf(cloud, spec));
    expect((await cloud.roa('GET', '/v1/gateways'))['data'].items).toEqual([]);
  });

  it('is another one in another group or namespace, and the same by the ID of its source and of its instance', async () => {
    const cloud = await scene();
    await applied(cloud, cloud.spec(NAMED));
    for (const source of [cloud.sourceIds[0], INSTANCE])
      expect(idsOf(await planOf(cloud, cloud.spec(`{ nacos: { source: ${source}, service: orders } }`)))).toEqual([]);
    for (const other of ['group: ORDERS', 'namespace: d8ac64f3'])
      expect(idsOf(await planOf(cloud, cloud.spec(`{ nacos: { service: orders, ${other} } }`)))).toContain(
        'create target a',
      );
  });

  it.each<[string, readonly string[], string, string, RegExp]>([
    [
      'a source that is not there',
      [INSTANCE],
      '{ nacos: { source: mse-cn-a1b2c3d5, service: orders } }',
      'NOT_FOUND',
      /Did you mean mse-cn-a1b2c3d4\?/,
    ],
    ['no source at all', [], NAMED, 'NOT_FOUND', /Add the MSE Nacos instance as a source/],
    ['one of two sources that is not named', [INSTANCE, 'mse-cn-e5f6'], NAMED, 'AMBIGUOUS', /nacos\.source/],
  ])('is refused for %s', async (_what, sources, target, code, remedy) => {
    const cloud = await scene({ sources });
    await expect(planOf(cloud, cloud.spec(target))).rejects.toMatchObject({
      code,
      place: { path: 'integrations.orders.targets.a' },
      remedy: expect.stringMatching(remedy),
    });
  });

  it('needs a gateway that exists: a new one has no source', async () => {
    const account = await apigAccount();
    const spec = parseSpec(`
version: 1
project: shop
defaults: { region: cn-hangzhou }
links: { main: { provider: alibaba, kind: apig-gateway, subnets: [${account.subnets.join(', ')}] } }
integrations:
  orders: { link: main, gateway: { apigHttpApi: ${account.apiId} }, targets: { a: ${NAMED} }, routes: { 'ANY /orders': a } }
`);
    await expect(planOf(account, spec)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('does not exist yet'),
    });
  });

  it('is not created twice where the answer is lost', async () => {
    const cloud = await scene();
    const spec = cloud.spec(NAMED);
    cloud.simulation.faults.add({ service: 'apig', operation: 'CreateService', kind: 'lost', times: 1 });
    await failuresOf(cloud, spec, await planOf(cloud, spec));
    cloud.simulation.faults.clear();
    const next = await planOf(cloud, spec);
    if (next.units.length > 0) await applied(cloud, spec, next);
    expect(idsOf(await planOf(cloud, spec))).toEqual([]);
    expect(await cloud.services()).toHaveLength(1);
  });

  it('is in the twin of a snapshot, without its instances', async () => {
    const cloud = await scene();
    const spec = cloud.spec(NAMED);
    await applied(cloud, spec);
    const twin = simulate({ seed: 7, clock: 'auto', throttle: false });
    expect(twin.loadSnapshot(await snapshotOf(cloud, spec))).toEqual([expect.stringContaining('MSE_NACOS')]);
    const driver = alibaba({ region: REGION, api: twin.alibaba(REGION) });
    expect(idsOf(await planOf({ driver, ctx: createContext({ clock: twin.clock }) }, spec))).toEqual([]);
  });

  it('has no list of endpoints, as services of a cluster have none: nothing passes for what is not listed', async () => {
    const cloud = await scene();
    await applied(cloud, cloud.spec(NAMED));
    const serviceConfigs = [{ name: 'pods', namespace: 'default' }];
    await cloud.roa('POST', '/v1/services', { gatewayId: cloud.gatewayId, sourceType: 'K8S', serviceConfigs });
    const { regions } = await snapshotOf(cloud, cloud.spec(NAMED));
    expect(regions[0]?.targets.map(({ name, endpoints }) => [name, endpoints]).toSorted()).toEqual([
      ['orders', undefined],
      ['pods', undefined],
    ]);
  });

  it('leaves the path unknown before and after it is created, and never passes it', async () => {
    const cloud = await scene();
    const paths = async () =>
      (await cloud.findings(NAMED)).filter((one) => one.check === 'path/route').map(({ verdict }) => verdict);
    expect(await paths()).toEqual(['unknown']);
    await applied(cloud, cloud.spec(NAMED));
    expect(await paths()).toEqual(['unknown']);
  });
});
