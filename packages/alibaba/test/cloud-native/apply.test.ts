import { CLOUDS, parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import { PrivateIntegrations } from '@postern/core/internal/library';
import { probeRoutes } from '@postern/core/internal/probe';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import {
  applied,
  destroyOf,
  failuresOf,
  idsOf,
  planOf,
  snapshotOf,
} from '../../../testing/src/conformance/apply/spec-runs.js';
import { apigAccount } from './apig-account.js';

async function scene() {
  const account = await apigAccount();
  const [first, second] = [await account.machine(), await account.machine()];
  const spec = (targets: string, routes: string, allow = `{ group: ${account.group}, ports: [8080] }`) =>
    parseSpec(`
version: 1
project: shop
spec: shop-1a2b3c4d
defaults: { region: cn-hangzhou }
links:
  main: { provider: alibaba, kind: apig-gateway, subnets: [${account.subnets.join(', ')}], access: both, allowlist: [${allow}] }
integrations:
  orders:
    link: main
    gateway: { apigHttpApi: ${account.apiId} }
    targets: { ${targets} }
    routes: { ${routes} }
`);
  const routes = async () => (await account.roa('GET', `/v1/http-apis/${account.apiId}/routes`))['data'].items;
  return { ...account, first, second, spec, routes };
}

describe('Cloud-native API Gateway', () => {
  it('is created, published, changed and deleted as declared, and each plan after a run is empty', async () => {
    const cloud = await scene();
    const { first, second, spec, routes } = cloud;
    const one = spec(`a: { instance: ${first.id}, port: 8080 }`, "'ANY /orders/{proxy+}': a, 'GET /items/{sku}': a");
    expect(idsOf(await planOf(cloud, one))).toEqual([
      'create link main',
      'create target a',
      'create route ANY /orders/{proxy+} on ' + cloud.apiId,
      'create route GET /items/{sku} on ' + cloud.apiId,
    ]);
    await applied(cloud, one);
    expect(idsOf(await planOf(cloud, one))).toEqual([]);
    expect((await routes()).map((row: any) => [row.match.path, row.match.methods, row.deployStatus])).toEqual([
      [{ type: 'Prefix', value: '/orders/' }, [], 'Deployed'],
      [{ type: 'Regex', value: '^/items/[^/]+$' }, ['GET'], 'Deployed'],
    ]);

    // Two addresses share the calls, and the group admits another port.
    const two = spec(
      `b: { addresses: [${first.address}, ${second.address}], port: 8081 }`,
      "'ANY /orders/{proxy+}': b, 'GET /items/{sku}': b",
      `{ group: ${cloud.group}, ports: [8081] }`,
    );
    await applied(cloud, two);
    expect(idsOf(await planOf(cloud, two))).toEqual([]);
    const snapshot = await snapshotOf(cloud, two);
    expect(snapshot.regions[0]?.targets).toMatchObject([
      {
        kind: 'apig-service',
        endpoints: [`${first.address}:8081`, `${second.address}:8081`].toSorted(),
        owner: { name: 'b' },
      },
    ]);
    expect(snapshot.regions[0]?.allowlists).toMatchObject([
      { entries: [{ securityGroupId: cloud.group, fromPort: 8081, toPort: 8081 }] },
    ]);

    // What the other commands show.
    const gate = new PrivateIntegrations(cloud.driver, { ...cloud.ctx, project: 'shop', spec: 'shop-1a2b3c4d' });
    const [link] = snapshot.regions[0]?.links ?? [];
    expect((await gate.usesOf(link!)).flatMap(({ routeKeys }) => routeKeys)).toEqual(
      Object.keys(two.integrations['orders']!.routes),
    );
    expect(await gate.egress(link!)).toMatchObject({ prefixes: ['10.0.1.0/24', '10.0.2.0/24'], confidence: 'certain' });
    expect(probeRoutes(snapshot, two, { clouds: CLOUDS })[0]?.act).toMatchObject({
      is: 'call',
      url: expect.stringMatching(/^http:\/\/env-.*\/orders\/postern-probe$/),
    });

    const imported = parseSpec(specFromSnapshot(snapshot, { project: 'shop', spec: 'shop-1a2b3c4d' }));
    expect(idsOf(await planOf(cloud, imported))).toEqual([]);

    await applied(cloud, two, await destroyOf(cloud, two));
    expect(await routes()).toEqual([]);
    expect((await cloud.roa('GET', '/v1/gateways'))['data'].items).toEqual([]);
  });
});

/** Each write of a run; in `npm test` those whose repetition would cost money or leave something twice. */
const WRITES = [
  'CreateGateway',
  'AddGatewaySecurityGroupRule',
  'CreateHttpApiRoute',
  'CreateService',
  'DeployHttpApi',
  'TagResources',
].slice(0, runs(3, 6));

it.each(WRITES)(
  'a write whose answer is lost: %s is not made twice: the run, or the next one, ends as declared',
  async (operation) => {
    const cloud = await scene();
    const spec = cloud.spec(`a: { instance: ${cloud.first.id}, port: 8080 }`, "'ANY /orders/{proxy+}': a");
    cloud.simulation.faults.add({ service: 'apig', operation, kind: 'lost', times: 1 });
    await failuresOf(cloud, spec, await planOf(cloud, spec));
    cloud.simulation.faults.clear();
    const next = await planOf(cloud, spec);
    if (next.units.length > 0) await applied(cloud, spec, next);
    expect(idsOf(await planOf(cloud, spec))).toEqual([]);
    const { items: gateways } = (await cloud.roa('GET', '/v1/gateways'))['data'];
    const { items: services } = (await cloud.roa('GET', '/v1/services'))['data'];
    const rules = await cloud.roa('GET', `/v1/gateways/${gateways[0].gatewayId}/authorized-security-groups-rules`);
    expect([gateways.length, services.length, (await cloud.routes()).length, rules['data'].items.length]).toEqual([
      1, 1, 1, 1,
    ]);
  },
);

it('the example is a spec', () => {
  const text = readFileSync(new URL('../../../../examples/cloud-native/postern.yaml', import.meta.url), 'utf8');
  const env = { BACKEND_GROUP: 'sg-bp1a2b3c', HTTP_API: 'api-d1a2b3c4e5', ORDERS_INSTANCE: 'i-bp1a2b3c' };
  expect(parseSpec(text, { env }).links['edge']).toMatchObject({
    kind: 'apig-gateway',
    native: { access: 'intranet' },
    allowGroups: { 'sg-bp1a2b3c': [] },
  });
});
