import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { driversOf } from '@postern/core/internal/library';
import { abilityOf } from '@postern/core/internal/driver';
import { check } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { expectSample } from '../../../core/test/check/expect-sample.js';
import { addNat } from '../../../simulator/test/alibaba/vpc/add-nat.js';
import { applied } from '../../../testing/src/conformance/apply/spec-runs.js';
import { handoverReader } from '../../src/traditional/handover/internal.js';
import { apigAccount, REGION } from './apig-account.js';

/** A gateway that leads calls to a machine, as declared and applied. */
async function scene(backend = 'instance', { isApplied = true } = {}) {
  const account = await apigAccount();
  const machine = await account.machine();
  const target =
    backend === 'instance' ? `{ instance: ${machine.id}, port: 8080 }` : `{ address: ${backend}, port: 8080 }`;
  const text = `
version: 1
project: shop
spec: shop-1a2b3c4d
defaults: { region: cn-hangzhou }
links:
  main: { provider: alibaba, kind: apig-gateway, subnets: [${account.subnets.join(', ')}], allowlist: [{ group: ${account.group} }] }
integrations:
  orders:
    link: main
    gateway: { apigHttpApi: ${account.apiId} }
    targets: { a: ${target} }
    routes: { 'ANY /orders/{proxy+}': a }
`;
  const spec = parseSpec(text);
  if (isApplied) await applied(account, spec);
  const findings = async (access?: string) => {
    const spec = parseSpec(
      access === undefined ? text : text.replace('apig-gateway,', `apig-gateway, access: ${access},`),
    );
    const snapshot = await observeSpec(spec, driversOf(account.driver), account.ctx, { checks: true });
    return check(snapshot, spec, { clouds: CLOUDS }).findings;
  };
  const errors = async () =>
    (await findings())
      .filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error')
      .map((one) => `${one.verdict} ${one.check} ${one.code}`);
  const gateway = async () => (await account.roa('GET', '/v1/gateways'))['data'].items[0];
  const service = async () => (await account.roa('GET', '/v1/services'))['data'].items[0];
  const revoke = async () => {
    const SourceGroupId = (await gateway()).securityGroup.securityGroupId;
    const rule = { IpProtocol: 'TCP', PortRange: '8080/8080', SourceGroupId };
    await account.ecs('RevokeSecurityGroup', { SecurityGroupId: account.group, ...rule });
  };
  return { ...account, machine, revoke, findings, errors, gateway, service };
}

describe('checks of Cloud-native API Gateway', () => {
  it('pass for a gateway that a plan creates, and for the one that it created', async () => {
    expect(await (await scene('instance', { isApplied: false })).errors()).toEqual([]);
    expect(await (await scene()).errors()).toEqual([]);
  });

  it('find that the group of the backend does not admit the group of the gateway any more', async () => {
    const cloud = await scene();
    await cloud.revoke();
    expect(await cloud.errors()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^fail path\/security-group /)]),
    );
  });

  it('find a route that is not published', async () => {
    const cloud = await scene();
    const routes = `/v1/http-apis/${cloud.apiId}`;
    const [{ routeId, environmentInfo }] = (await cloud.roa('GET', `${routes}/routes`))['data'].items;
    const { environmentId, gatewayInfo } = environmentInfo;
    await cloud.roa('POST', `${routes}/undeploy`, { routeId, environmentId, gatewayId: gatewayInfo.gatewayId });
    await cloud.simulation.advance(60_000);
    expect(await cloud.errors()).toContain('fail gateway/published STAGES_LACKING');
  });

  it('report what the gateway itself found of its service', async () => {
    const cloud = await scene();
    const { serviceId } = await cloud.service();
    const healthCheckConfig = {
      enable: true,
      protocol: 'TCP',
      interval: 2,
      timeout: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    };
    await cloud.roa('PUT', `/v1/services/${serviceId}`, { healthCheckConfig });
    await cloud.simulation.advance(60_000);
    const health = async () => (await cloud.findings()).find((one) => one.check === 'target/service-health');
    expect(await health()).toMatchObject({ verdict: 'pass', code: 'HEALTHY' });
    await cloud.revoke();
    await cloud.simulation.advance(60_000);
    const found = await health();
    expect(found).toMatchObject({ verdict: 'fail', code: 'UNHEALTHY', severity: 'error' });
    await expectSample(found!);
  });

  it('find that callers in the VPC have no entrance', async () => {
    const cloud = await scene();
    const entrances = async (access: string) =>
      (await cloud.findings(access)).filter((one) => one.check === 'link/access');
    expect(await entrances('internet')).toMatchObject([{ verdict: 'pass' }]);
    const [lacking] = await entrances('both');
    expect(lacking).toMatchObject({ verdict: 'fail', code: 'ACCESS_LACKING' });
    await expectSample(lacking!);
  });

  it('find that a public backend needs a NAT gateway', async () => {
    const cloud = await scene('47.1.2.3', { isApplied: false });
    expect(await cloud.errors()).toContain('fail target/internet NO_NAT');
    await expectSample((await cloud.findings()).find((one) => one.check === 'target/internet')!);
  });

  it('find whether the NAT gateway has an SNAT entry for each vSwitch, and egress has its address', async () => {
    const cloud = await scene('47.1.2.3');
    const { vpcId, simulation } = cloud;
    const { address, snatTableId: SnatTableId } = await addNat(simulation, REGION, {
      vpcId,
      vSwitchIds: [cloud.subnets[0]!],
    });
    const internet = async () =>
      (await cloud.findings())
        .filter((one) => one.check === 'target/internet')
        .map(
          ({ verdict, code, params }) =>
            `${verdict} ${code} ${(params as { subnet?: string } | undefined)?.subnet ?? ''}`,
        )
        .toSorted();
    expect(await internet()).toContain(`fail NO_SNAT ${cloud.subnets[1]}`);
    const { gatewayId } = await cloud.gateway();
    const { publicSources } = await abilityOf(cloud.driver, 'egress')(
      { kind: 'apig-gateway', id: gatewayId },
      cloud.ctx,
    );
    expect(publicSources).toMatchObject([{ subnetId: cloud.subnets[0], addresses: [address] }]);
    const reader = handoverReader({ region: REGION, api: simulation.alibaba(REGION) });
    expect(await reader.target(gatewayId, cloud.ctx)).toMatchObject({ reachesInternet: false });
    // A block that has all addresses of the vSwitch.
    await cloud.vpc('CreateSnatEntry', { SnatTableId, SnatIp: address, SourceCIDR: '10.0.0.0/16' });
    expect(await reader.target(gatewayId, cloud.ctx)).toMatchObject({ reachesInternet: true });
    expect((await internet()).filter((text) => !text.startsWith('pass'))).toEqual([]);
    simulation.faults.add({ service: 'vpc', operation: 'DescribeSnatTableEntries', kind: 'deny' } as never);
    expect(await internet()).toContain(`unknown SNAT_NOT_READ ${cloud.subnets[0]}`);
  });
});
