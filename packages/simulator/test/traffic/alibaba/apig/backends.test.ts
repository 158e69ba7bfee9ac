import { describe, expect, it } from 'vitest';
import { REGION } from '../../../alibaba/apig/apig-account.js';
import { apigShop, newService } from './apig-shop.js';

describe('the modelled network', () => {
  it.each([
    [
      'the group of the server does not admit the managed group',
      async ({ ecs, serverGroupId, ...shop }: any) => {
        const { Permissions } = await ecs('DescribeSecurityGroupAttribute', { SecurityGroupId: serverGroupId });
        const [{ SecurityGroupRuleId }] = Permissions.Permission;
        await ecs('RevokeSecurityGroup', {
          SecurityGroupId: serverGroupId,
          SecurityGroupRuleId: [SecurityGroupRuleId],
        });
        return shop;
      },
      /No rule of sg-/,
    ],
    [
      'the managed group drops what goes out',
      async ({ ecs, gateway }: any) => {
        const { securityGroupId: SecurityGroupId } = gateway.securityGroup;
        const rule = { IpProtocol: 'all', PortRange: '-1/-1', DestCidrIp: '0.0.0.0/0', Policy: 'drop' };
        await ecs('AuthorizeSecurityGroupEgress', { SecurityGroupId, ...rule });
      },
      /drops what goes to/,
    ],
    [
      'the server is stopped',
      async ({ ecs, serverId, sim }: any) => {
        await ecs('StopInstance', { InstanceId: serverId });
        await sim.advance(120_000);
      },
      /Stopped/,
    ],
  ])('stops calls where %s', async (_what, change, because) => {
    const shop = await apigShop();
    expect(await shop.call('/orders')).toMatchObject({ outcome: 'delivered' });
    await change(shop);
    const answer = await shop.call('/orders');
    expect(answer).toMatchObject({ status: 503, outcome: 'unreachable', because: expect.stringMatching(because) });
    expect(answer.body).toContain('upstream connect error or disconnect/reset');
  });

  it('is what active health checks meet: their endpoints get no calls', async () => {
    const shop = await apigShop();
    const { call, put, get, sim, serviceId } = shop;
    await put(`/v1/services/${serviceId}`, { addresses: ['10.0.1.200:8080', '10.0.1.199:8080'] });
    const outcomes = async () => {
      const all = new Set<string>();
      for (let count = 0; count < 30; count += 1) all.add((await call('/orders')).outcome);
      return [...all].sort();
    };
    expect(await outcomes()).toEqual(['delivered', 'unreachable']);
    const healthCheckConfig = {
      enable: true,
      protocol: 'HTTP',
      httpPath: '/health',
      interval: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      expectedStatuses: ['http_2xx'],
    };
    await put(`/v1/services/${serviceId}`, { healthCheckConfig });
    await sim.advance(4_000);
    expect((await get(`/v1/services/${serviceId}`))['data']).toMatchObject({
      healthStatus: 'Healthy',
      unhealthyEndpoints: ['10.0.1.199:8080'],
    });
    expect(await outcomes()).toEqual(['delivered']);
    sim.backends.add({ address: '10.0.1.200', port: 8080, behavior: { status: 500 } });
    await sim.advance(4_000);
    expect(await call('/orders')).toMatchObject({
      status: 503,
      body: 'no healthy upstream',
      outcome: 'no-healthy-target',
    });
    expect((await get(`/v1/services/${serviceId}`))['data'].healthStatus).toBe('Unhealthy');
    sim.backends.add({ address: '10.0.1.200', port: 8080, behavior: { status: 200 } });
    await sim.advance(4_000);
    expect(await outcomes()).toEqual(['delivered']);
  });

  it('has the internet behind a NAT gateway with an SNAT entry for each vSwitch', async () => {
    const shop = await apigShop();
    const { vpc, vpcId, vSwitchIds, sim } = shop;
    const serviceId = await newService(shop, shop.gatewayId, 'public', ['partner.example.org:80'], 'DNS');
    await shop.publish('Exact /partner', { backendConfig: { scene: 'SingleService', services: [{ serviceId }] } });
    expect(await shop.call('/partner')).toMatchObject({
      status: 503,
      outcome: 'unreachable',
      because: expect.stringMatching(/no entry/),
    });
    const nat = await vpc('CreateNatGateway', { VpcId: vpcId, VSwitchId: vSwitchIds[0], NetworkType: 'internet' });
    await sim.advance(60_000);
    expect(await shop.call('/partner')).toMatchObject({ because: expect.stringMatching(/has no SNAT entry/) });
    const { AllocationId, EipAddress } = await vpc('AllocateEipAddress', {});
    await vpc('AssociateEipAddress', { AllocationId, InstanceId: nat['NatGatewayId'] });
    const [SnatTableId] = nat['SnatTableIds'].SnatTableId;
    await vpc('CreateSnatEntry', { SnatTableId, SnatIp: EipAddress, SourceVSwitchId: vSwitchIds[0] });
    await vpc('CreateSnatEntry', { SnatTableId, SnatIp: EipAddress, SourceCIDR: '10.0.2.0/24' });
    const answer = await shop.call('/partner');
    expect(answer).toMatchObject({
      outcome: 'delivered',
      trace: { source: EipAddress, target: 'partner.example.org:80' },
    });
    sim.backends.add({ address: 'partner.example.org', port: 80, behavior: { status: 418 } });
    expect((await shop.call('/partner')).status).toBe(418);
    expect(sim.connects(shop.gatewayId, '10.0.1.200', 8080)).toMatchObject({ connects: true, sources: [{}, {}] });
    const { SnatTableEntries } = await vpc('DescribeSnatTableEntries', { NatGatewayId: nat['NatGatewayId'] });
    expect(SnatTableEntries.SnatTableEntry.map((row: any) => row.SourceCIDR)).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
  });
});

describe('what a backend does', () => {
  it.each([
    ['breaks the connection', { reset: true }, { status: 503, outcome: 'reset' }],
    [
      'answers after the timeout of a policy',
      { delayMs: 3_000 },
      { status: 504, body: 'upstream request timeout', outcome: 'timeout' },
    ],
  ])('%s', async (_what, behavior, expected) => {
    const { sim, call, policy } = await apigShop();
    await policy('Timeout', { unitNum: 2, timeUnit: 's', enable: true });
    sim.backends.add({ address: '10.0.1.200', port: 8080, behavior });
    expect(await call('/orders')).toMatchObject(expected);
  });

  it('counts in a load job; a deleted one has no calls', async () => {
    const shop = await apigShop();
    const headers = { 'x-postern-address-of': shop.gatewayId };
    const load = shop.sim.traffic.load({
      gateway: 'api.example.com',
      paths: ['/orders'],
      headers,
      perSecond: 10,
      seconds: 300,
    });
    await shop.sim.advance(310_000);
    expect(load.status()).toMatchObject({ calls: 3_000, delivered: 3_000, lost: 0 });
    shop.sim.plant(REGION, { kind: 'apig-deletions', are: 'allowed' });
    await shop.del(`/v1/gateways/${shop.gatewayId}`);
    expect(await shop.call('/orders')).toMatchObject({ outcome: 'link-missing' });
  });
});
