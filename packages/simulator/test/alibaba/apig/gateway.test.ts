import { describe, expect, it } from 'vitest';
import { apigAccount, gatewayRequest, newGateway, newNetwork, ZONES } from './apig-account.js';

describe('a gateway', () => {
  it('takes 150 seconds to run, with a managed group and interfaces in its vSwitches', async () => {
    const account = apigAccount();
    const { get, post, ecs, sim } = account;
    const network = await newNetwork(account);
    const { data, code, requestId } = await post(
      '/v1/gateways',
      gatewayRequest(network, { tag: [{ key: 'team', value: 'shop' }] }),
    );
    expect({ code, requestId }).toEqual({ code: 'Ok', requestId: expect.any(String) });
    const path = `/v1/gateways/${data.gatewayId}`;
    await sim.advance(149_000);
    expect((await get(path))['data']).toMatchObject({
      status: 'Creating',
      loadBalancers: [{ status: 'NotCreate' }, {}],
    });
    await sim.advance(1_000);
    const created = (await get(path))['data'];
    expect(created).toMatchObject({
      status: 'Running',
      replicas: '2',
      vpc: { vpcId: network.vpcId },
      vSwitch: { vSwitchId: network.vSwitchIds[0] },
      zones: ZONES.map((zoneId, at) => ({ zoneId, vSwitch: { vSwitchId: network.vSwitchIds[at] } })),
      environments: [{ name: `default-${data.gatewayId}` }],
      tags: [{ key: 'team', value: 'shop' }],
      loadBalancers: [
        { addressType: 'Internet', status: 'Ready' },
        {
          addressType: 'Intranet',
          ipv4Addresses: [expect.stringMatching(/^10\.0\.1\./), expect.stringMatching(/^10\.0\.2\./)],
        },
      ],
    });
    expect(created).not.toHaveProperty('networkAccessConfig');
    const { securityGroupId } = created.securityGroup;
    const { NetworkInterfaceSets: sets } = await ecs('DescribeNetworkInterfaces', { SecurityGroupId: securityGroupId });
    expect(sets.NetworkInterfaceSet.map((eni: any) => [eni.VSwitchId, eni.ServiceManaged])).toEqual(
      network.vSwitchIds.map((id) => [id, true]),
    );
    const { SecurityGroups } = await ecs('DescribeSecurityGroups', { SecurityGroupId: securityGroupId });
    expect(SecurityGroups.SecurityGroup).toMatchObject([{ SecurityGroupName: `APIG-sg-${data.gatewayId}` }]);
  });

  it('is listed with its default domains, and found by filters', async () => {
    const account = apigAccount();
    const { gatewayId } = await newGateway(account, { tag: [{ key: 'team', value: 'shop' }] });
    const list = async (query: string) => (await account.get(`/v1/gateways?${query}`))['data'];
    expect(await list('')).toMatchObject({
      totalSize: 1,
      pageNumber: 1,
      pageSize: 10,
      items: [
        { gatewayId, subDomainInfos: [{ networkType: 'Internet' }, { name: expect.stringMatching(/-vpc\.ali/) }] },
      ],
    });
    const tag = (value: string) => `tag=${encodeURIComponent(JSON.stringify([{ key: 'team', value }]))}`;
    expect((await list('name=sho')).items).toEqual([]);
    expect((await list('keyword=sho')).items).toHaveLength(1);
    expect((await list(tag('shop'))).items).toHaveLength(1);
    expect((await list(tag('other'))).items).toEqual([]);
    expect(await account.refusal(list('pageSize=101'))).toMatchObject({ code: 'InvalidParameter' });
  });

  it('is renamed by the query, tagged and moved to a resource group', async () => {
    const account = apigAccount();
    const { get, put, post, del } = account;
    const { gatewayId } = await newGateway(account);
    const path = `/v1/gateways/${gatewayId}`;
    await put(`${path}/name?name=orders`);
    await post('/v1/tags', { resourceType: 'gateway', resourceId: [gatewayId], tag: [{ key: 'a', value: 'b' }] });
    await post(`/move-resource-group?ResourceId=${gatewayId}&ResourceGroupId=rg-1&Service=APIG&ResourceType=gateway`);
    expect((await get(path))['data']).toMatchObject({ name: 'orders', resourceGroupId: 'rg-1', tags: [{ key: 'a' }] });
    const ids = encodeURIComponent(JSON.stringify([gatewayId]));
    const tags = await get(`/v1/tags?ResourceType=gateway&ResourceId=${ids}`);
    expect(tags).toMatchObject({ TagResources: [{ ResourceId: gatewayId, TagKey: 'a', TagValue: 'b' }] });
    await del(`/v1/tags?ResourceType=gateway&ResourceId=${ids}&All=true`);
    expect((await get(path))['data'].tags).toEqual([]);
  });

  it('is CreateFailed where its vSwitch has no address left', async () => {
    const account = apigAccount();
    const { vpc, ecs, post, get, sim } = account;
    const { vpcId } = await newNetwork(account);
    const small = { VpcId: vpcId, ZoneId: ZONES[0], CidrBlock: '10.0.9.0/29' };
    const { VSwitchId } = await vpc('CreateVSwitch', small);
    const { SecurityGroupId } = await ecs('CreateSecurityGroup', { VpcId: vpcId });
    const server = { VSwitchId, SecurityGroupId, ImageId: 'img', InstanceType: 'ecs.g6.large', Amount: 3 };
    await ecs('RunInstances', server);
    const zoneConfig = { selectOption: 'Auto', vSwitchId: VSwitchId };
    const wanted = { name: 'a', spec: 'apigw.small.x1', chargeType: 'POSTPAY', vpcId, zoneConfig };
    const { gatewayId } = (await post('/v1/gateways', wanted))['data'];
    await sim.advance(150_000);
    expect((await get(`/v1/gateways/${gatewayId}`))['data']).toMatchObject({ status: 'CreateFailed' });
    expect((await vpc('DescribeVSwitches', { VSwitchId }))['VSwitches'].VSwitch[0].AvailableIpAddressCount).toBe(1);
    await account.del(`/v1/gateways/${gatewayId}`);
  });

  it('is gone 60 seconds after its deletion, with group and interfaces; both words for it occur', async () => {
    const codes = new Set<string | undefined>();
    for (let seed = 1; seed <= 8; seed += 1) {
      const account = apigAccount({ seed });
      const { gatewayId } = await newGateway(account);
      await account.del(`/v1/gateways/${gatewayId}`);
      expect((await account.get(`/v1/gateways/${gatewayId}`))['data'].status).toBe('Deleting');
      await account.sim.advance(60_000);
      codes.add((await account.refusal(account.get(`/v1/gateways/${gatewayId}`)))?.code);
      const { NetworkInterfaceSets: sets } = await account.ecs('DescribeNetworkInterfaces', {});
      expect(sets.NetworkInterfaceSet).toEqual([]);
    }
    expect([...codes].sort()).toEqual(['Conflict.GatewayIsDeleted', 'NotFound.GatewayNotFound']);
  });

  it.each([
    [{ name: '' }, 'MissingParameter'],
    [{ name: 'x'.repeat(65) }, 'InvalidParameter'],
    [{ spec: 'api.s1.small' }, 'InvalidParameter'],
    [{ zoneConfig: { selectOption: 'Auto', vSwitchId: 'vsw-other' } }, 'InvalidVSwitchId.NotFound'],
    [{ vpcId: 'vpc-other' }, 'InvalidVpcId.NotFound'],
    [{ colour: 'red' }, 'UnsupportedParameter'],
  ])('is not created with %j: %s', async (more, code) => {
    const account = apigAccount();
    const request = gatewayRequest(await newNetwork(account), more);
    expect((await account.refusal(account.post('/v1/gateways', request)))?.code).toBe(code);
  });
});

describe('rules of security groups', () => {
  it('are written into the group of the backend, and listed up to ten seconds later', async () => {
    const account = apigAccount();
    const { get, post, del, ecs, sim, refusal } = account;
    const { gatewayId, vpcId } = await newGateway(account);
    const { SecurityGroupId } = await ecs('CreateSecurityGroup', { VpcId: vpcId });
    const path = `/v1/gateways/${gatewayId}/security-group-rules`;
    const listed = async () => (await get(`/v1/gateways/${gatewayId}/authorized-security-groups-rules`))['data'].items;
    const added = await post(path, {
      securityGroupId: SecurityGroupId,
      portRanges: ['8080/8089'],
      description: 'shop',
    });
    expect(added).not.toHaveProperty('data');
    const group = (await get(`/v1/gateways/${gatewayId}`))['data'].securityGroup.securityGroupId;
    const rules = async () =>
      (await ecs('DescribeSecurityGroupAttribute', { SecurityGroupId }))['Permissions'].Permission as any[];
    expect(await rules()).toMatchObject([{ Direction: 'ingress', SourceGroupId: group, PortRange: '8080/8089' }]);
    expect(await listed()).toEqual([]);
    await sim.advance(10_000);
    const [rule] = await listed();
    expect(rule).toMatchObject({
      securityGroupRuleId: expect.stringMatching(/^gsgr-/),
      sourceSecurityGroupId: group,
      portRange: '8080/8089',
      ipProtocol: 'TCP',
      description: 'shop',
    });
    expect(await refusal(post(path, { securityGroupId: group }))).toMatchObject({ code: 'InvalidParameter' });
    await del(`${path}/${rule.securityGroupRuleId}?cascadingDelete=true`);
    expect([await rules(), await listed()]).toEqual([[], []]);
    expect((await refusal(del(`${path}/${rule.securityGroupRuleId}`)))?.code).toBe('NotFound.SecurityGroupRule');
  });

  it('name the blocks of the vSwitches in an enterprise group', async () => {
    const account = apigAccount();
    const { gatewayId, vpcId } = await newGateway(account);
    const type = { VpcId: vpcId, SecurityGroupType: 'enterprise' };
    const { SecurityGroupId } = await account.ecs('CreateSecurityGroup', type);
    await account.post(`/v1/gateways/${gatewayId}/security-group-rules`, { securityGroupId: SecurityGroupId });
    const { Permissions } = await account.ecs('DescribeSecurityGroupAttribute', { SecurityGroupId });
    expect(Permissions.Permission.map((row: any) => row.SourceCidrIp)).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
  });
});
