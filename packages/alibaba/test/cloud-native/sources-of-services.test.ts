import { driversOf } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { CLOUDS, parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import { applied, idsOf, planOf, snapshotOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { alibaba, type AlibabaApi } from '../../src/index.js';
import { apigAccount, REGION } from './apig-account.js';

type Row = Readonly<Record<string, any>>;

/** A gateway with a route to a service of others. The simulator publishes only services with addresses: answers show the type. */
async function scene(row: Row) {
  const account = await apigAccount();
  const { roa, subnets, apiId, simulation } = account;
  const spec = (target?: string) =>
    parseSpec(`
version: 1
project: shop
spec: shop-1a2b3c4d
defaults: { region: ${REGION} }
links: { main: { provider: alibaba, kind: apig-gateway, subnets: [${subnets.join(', ')}] } }
integrations: ${
      target === undefined
        ? '{}'
        : `{ orders: { link: main, gateway: { apigHttpApi: ${apiId} }, targets: { a: ${target} }, routes: { 'ANY /orders': a } } }`
    }
`);
  await applied(account, spec());
  const { gatewayId } = (await roa('GET', '/v1/gateways'))['data'].items[0];
  const { environments } = (await roa('GET', `/v1/gateways/${gatewayId}`))['data'];
  const config = { name: 'other', addresses: ['10.0.1.7:80'] };
  const given = { gatewayId, sourceType: 'VIP', serviceConfigs: [config] };
  const [serviceId] = (await roa('POST', '/v1/services', given))['data'].serviceIds;
  const route = {
    name: 'other',
    environmentId: environments[0].environmentId,
    match: { path: { type: 'Exact', value: '/other' } },
    backendConfig: { scene: 'SingleService', services: [{ serviceId, port: row['port'], weight: 100 }] },
  };
  const { routeId } = (await roa('POST', `/v1/http-apis/${apiId}/routes`, route))['data'];
  await roa('POST', `/v1/http-apis/${apiId}/deploy`, { routeId });
  await simulation.advance(60_000);
  const shown = (one: Row): Row => (one['serviceId'] === serviceId ? { ...one, addresses: undefined, ...row } : one);
  const client = simulation.alibaba(REGION);
  const api: AlibabaApi = {
    call: async (params, ...rest) => {
      const answer = await client.call(params, ...rest);
      const { data } = answer.body as Row;
      const seen = params.action === 'GetService' ? shown(data) : { ...data, items: data?.items?.map(shown) };
      const isShown = params.action === 'GetService' || params.action === 'ListServices';
      return isShown ? { ...answer, body: { ...answer.body, data: seen } } : answer;
    },
  };
  return { ...account, driver: alibaba({ region: REGION, api }), spec, serviceId: serviceId as string };
}

const OF_TYPE = (type: string) => `of type ${type}, which a spec cannot express. Keep it where it is declared`;
const PORTS = [{ port: 80, protocol: 'HTTP' }];

describe('a service of others', () => {
  it.each<[type: string, row: Row, written: string]>([
    ['VIP', { port: 80, addresses: ['10.0.1.7:80'] }, 'address: 10.0.1.7'],
    ['VIP', { port: 80, addresses: ['10.0.1.7:80', '10.0.1.8:80'] }, '- 10.0.1.8'],
    ['VIP', { addresses: ['10.0.1.7:80', '10.0.1.8:90'], ports: [] }, 'with 10.0.1.7:80, 10.0.1.8:90, and a spec'],
    ['DNS', { port: 443, addresses: ['a.example.com:443'], ports: [] }, 'dnsName: a.example.com'],
    ['K8S', { port: 80, ports: PORTS, namespace: 'default' }, OF_TYPE('K8S')],
    ['SAE_K8S_SERVICE', { port: 80, ports: PORTS }, OF_TYPE('SAE_K8S_SERVICE')],
    ['FC3', { ports: [] }, OF_TYPE('FC3')],
    ['AI', { ports: [] }, OF_TYPE('AI')],
    ['LATER', { ports: [] }, OF_TYPE('LATER')],
  ])(
    'of type %s is read, imported or named with its ID, and judged by nothing that is not known',
    async (type, row, written) => {
      const cloud = await scene({ sourceType: type, ...row });
      const snapshot = await snapshotOf(cloud, cloud.spec());
      expect(snapshot.regions[0]?.targets.map(({ resourceType }) => resourceType)).toContain(type);
      const text = specFromSnapshot(snapshot, { project: 'shop', spec: 'shop-1a2b3c4d' });
      expect(text).toContain(written);
      const isLeft = text.includes('Left out');
      expect(isLeft).toBe(/^(?:with|of type)/.test(written));
      if (isLeft)
        expect(text).toContain(`route ANY /other of ${cloud.apiId}: its target is service other (${cloud.serviceId}`);
      const again = parseSpec(text);
      expect(idsOf(await planOf(cloud, again))).toEqual([]);
      const { findings } = check(
        await observeSpec(again, driversOf(cloud.driver), cloud.ctx, { checks: true }),
        again,
        { clouds: CLOUDS },
      );
      const judged = findings.filter((one) => /^(?:target|path)\//.test(one.check) && one.verdict === 'fail');
      expect(judged).toEqual([]);
    },
  );

  it('is not the one that a spec means where the address of a machine was not read', async () => {
    const cloud = await scene({ sourceType: 'K8S', port: 80, ports: PORTS });
    const machine = await cloud.machine();
    cloud.simulation.faults.add({ service: 'ecs', operation: 'DescribeInstances', kind: 'deny' } as never);
    const spec = cloud.spec(`{ instance: ${machine.id}, port: 80 }`);
    const snapshot = await observeSpec(spec, driversOf(cloud.driver), cloud.ctx, { checks: true });
    const found = check(snapshot, spec, { clouds: CLOUDS }).findings.filter(({ check: id }) =>
      /^(?:target|path)\//.test(id),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain(cloud.serviceId);
  });
});
