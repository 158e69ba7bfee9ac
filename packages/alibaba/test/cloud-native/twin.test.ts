import { parseSpec } from '../../../core/test/clouds.js';
import { createContext, type RegionSnapshot } from '@postern/core/internal/library';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { encodeSnapshot, SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { simulate, type Simulation } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { addNat } from '../../../simulator/test/alibaba/vpc/add-nat.js';
import { applied } from '../../../testing/src/conformance/apply/spec-runs.js';
import { alibaba } from '../../src/index.js';
import { EVERYTHING } from '../world/checked-world.js';
import { apigAccount, REGION } from './apig-account.js';

async function read(simulation: Simulation): Promise<RegionSnapshot> {
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  return driver.observe(EVERYTHING, createContext({ clock: simulation.clock, random: () => 0.5 }));
}

const fileOf = (region: RegionSnapshot): string =>
  encodeSnapshot({ version: SNAPSHOT_VERSION, takenAt: '2026-06-01T01:00:00.000Z', scope: 'all', regions: [region] });

describe('the twin of an account with Cloud-native API Gateway', () => {
  it('is read as the account was, its gateway reaches what it reached, and calls are answered', async () => {
    const cloud = await apigAccount();
    const { simulation, roa, apiId, group, subnets } = cloud;
    const machine = await cloud.machine();
    const spec = parseSpec(`
version: 1
project: shop
spec: shop-1a2b3c4d
defaults: { region: cn-hangzhou }
links:
  main: { provider: alibaba, kind: apig-gateway, subnets: [${subnets.join(', ')}], access: both, allowlist: [{ group: ${group}, ports: [8080] }] }
integrations:
  orders:
    link: main
    gateway: { apigHttpApi: ${apiId} }
    targets: { a: { instance: ${machine.id}, port: 8080 } }
    routes: { 'ANY /orders/{proxy+}': a, 'GET /items/{sku}': a, 'GET /health': a }
`);
    await applied(cloud, spec);
    await addNat(simulation, REGION, { vpcId: cloud.vpcId, vSwitchIds: [subnets[0]!, subnets[1]!] });
    const { data } = await roa('GET', '/v1/gateways');
    const [{ gatewayId, environments: _none, ...gateway }] = data.items;
    const environment = (await roa('GET', `/v1/gateways/${gatewayId}`))['data'].environments[0];
    // Of others: a route that is not published, one with shares, and a rule of a group.
    const [{ serviceId }] = (await roa('GET', '/v1/services'))['data'].items;
    const serviceConfigs = [{ name: 'other', addresses: ['partner.example.org:443'] }];
    const other = (await roa('POST', '/v1/services', { gatewayId, sourceType: 'DNS', serviceConfigs }))['data']
      .serviceIds[0];
    await roa('PUT', `/v1/services/${serviceId}`, { healthCheckConfig: { enable: true, protocol: 'TCP' } });
    const services = [
      { serviceId, port: 8080, weight: 90 },
      { serviceId: other, weight: 10 },
    ];
    const route = (name: string, path: object) => ({
      name,
      environmentId: environment.environmentId,
      match: { path, methods: ['GET', 'POST'] },
      backendConfig: { scene: 'MultiServiceByRatio', services },
    });
    await roa('POST', `/v1/http-apis/${apiId}/routes`, route('draft', { type: 'Prefix', value: '/draft' }));
    await roa('POST', `/v1/http-apis/${apiId}/routes`, route('expression', { type: 'Regex', value: '/a(b|c)' }));
    await roa('POST', `/v1/gateways/${gatewayId}/security-group-rules`, {
      securityGroupId: group,
      portRanges: ['9000/9001'],
    });
    await simulation.advance(60_000);

    const region = await read(simulation);
    expect(region.gaps).toEqual([]);
    expect(region.links.filter(({ kind }) => kind === 'apig-gateway')).toHaveLength(1);
    const twin = simulate({ throttle: false, clock: 'auto' });
    expect(twin.loadSnapshot(decodeSnapshot(fileOf(region)))).toEqual([]);
    expect(fileOf(await read(twin)).split('\n')).toEqual(fileOf(region).split('\n'));
    for (const world of [simulation, twin]) {
      expect(world.connects(gatewayId, machine.address, 8080)).toMatchObject({ connects: true });
      expect(world.connects(gatewayId, machine.address, 8081)).toMatchObject({ connects: false });
      const host = gateway.subDomainInfos[0].name as string;
      expect(await world.traffic.call({ host, path: '/orders/7' })).toMatchObject({ outcome: 'delivered' });
      expect(await world.traffic.call({ host, path: '/draft' })).toMatchObject({ outcome: 'no-integration' });
    }
  });
});
