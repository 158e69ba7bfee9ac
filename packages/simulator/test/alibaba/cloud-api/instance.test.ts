import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { connectInput, MINUTE, newAccount, newNetwork, normalInput, REGION, runningInstance } from './account.js';

describe('CreateInstance', () => {
  it('takes minutes, and creates interfaces in the chosen vSwitches', async () => {
    const account = newAccount();
    const network = newNetwork(account);
    const { InstanceId } = account.call('CreateInstance', connectInput(network));
    expect(InstanceId).toMatch(/^apigateway-hz-[0-9a-f]{12}$/);
    expect(account.instance(InstanceId)).toMatchObject({ Status: 'CREATING' });
    expect(account.network.interfaces.size).toBe(0);
    await account.advance(4 * MINUTE);
    expect(account.instance(InstanceId)).toMatchObject({ Status: 'CREATING' });
    await account.advance(6 * MINUTE);
    expect(account.instance(InstanceId)).toMatchObject({
      Status: 'RUNNING',
      InstanceType: 'VPC_DEDICATED',
      DedicatedInstanceType: 'vpc_connect',
      InstanceChargeType: 'PayAsYouGo',
      ConnectVpcId: network.VpcId,
      InstanceCidrBlock: '192.168.0.0/16',
      ConnectCidrBlocks: '["172.16.0.0/16","172.17.0.0/16"]',
      InstanceRpsLimit: 2500,
      ZoneId: 'cn-hangzhou-MAZ2(j,k)',
    });
    const placed = account.instance(InstanceId)['NetworkInterfaceAttributes'].NetworkInterfaceAttribute;
    expect(placed.map((row: any) => row.VswitchId)).toEqual(network.zones.map(({ VSwitchId }) => VSwitchId));
    const interfaces = [...account.network.interfaces.values()];
    expect(interfaces.map(({ vSwitchId }) => vSwitchId)).toEqual(
      network.zones.flatMap(({ VSwitchId }) => [VSwitchId, VSwitchId]),
    );
    expect(interfaces.every(({ serviceManaged, type }) => serviceManaged && type === 'Secondary')).toBe(true);
  });

  it.each([
    ['172.16.0.0/12', '172.16.0.0/12', ['172.16.0.0/16', '172.17.0.0/16'], 'both vSwitches are in it'],
    ['192.168.0.0/16', '192.168.0.0/16', ['192.168.0.0/24', '192.168.1.0/24'], 'the VPC has the same block'],
  ])('an instance block %s that overlaps a vSwitch never becomes active: VPC %s', async (cidr, vpc, blocks) => {
    const account = newAccount();
    const id = await runningInstance(account, connectInput(newNetwork(account, vpc, blocks), { InstanceCidr: cidr }));
    await account.advance(24 * 60 * MINUTE);
    expect(account.instance(id)['Status']).toBe('CREATING');
    expect(account.network.interfaces.size).toBe(0);
  });

  it('never becomes active when a vSwitch is full, and leaves no interface', async () => {
    const account = newAccount();
    const network = newNetwork(account, '172.16.0.0/12', ['172.16.0.0/16', '172.17.0.0/29']);
    const [, k] = network.zones;
    const ecs = { ImageId: 'aliyun_3', InstanceType: 'ecs.g7.large', VSwitchId: k?.['VSwitchId'], Amount: 3 };
    account.other('Ecs', 'RunInstances', { ...ecs, SecurityGroupId: k?.['SecurityGroupId'] });
    const id = await runningInstance(account, connectInput(network));
    expect(account.instance(id)['Status']).toBe('CREATING');
    expect([...account.network.interfaces.values()].filter(({ serviceManaged }) => serviceManaged)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['InvalidInstanceCidr', { InstanceCidr: '10.0.0.0/8' }, 'only two blocks are allowed'],
    ['InvalidInstanceCidr', { InstanceCidr: '192.168.0.0/17' }, 'a part of an allowed block is not allowed'],
    ['MissingInstanceCidr', { InstanceCidr: undefined }, 'an integration instance needs a block'],
    ['MissingUserVpcId', { UserVpcId: undefined }, 'an integration instance needs a VPC'],
    ['MissingZoneVSwitchSecurityGroup', { ZoneVSwitchSecurityGroup: [] }, 'and vSwitches'],
    ['InvalidUserVpcId', { UserVpcId: 'vpc-none' }, 'the VPC does not exist'],
    ['InvalidInstanceName', { InstanceName: 'my orders' }, 'a blank in the name'],
    ['InvalidInstanceSpec', { InstanceSpec: 'nonsense' }, 'no spec'],
    ['InvalidInstanceSpec', { InstanceSpec: 'api.s9.huge' }, 'no such series'],
    ['InvalidChargeType', { ChargeType: 'Free' }, 'no such charge type'],
    ['InvalidPricingCycle', { ChargeType: 'PrePaid', PricingCycle: 'week' }, 'no such cycle'],
    ['InvalidDuration', { ChargeType: 'PREPAY', PricingCycle: 'Month', Duration: 10 }, 'ten months'],
    ['InvalidDuration', { ChargeType: 'PREPAY', PricingCycle: 'year', Duration: 4 }, 'four years'],
    ['InvalidHttpsPolicy', { HttpsPolicy: 'TLS' }, 'no such policy'],
    ['InvalidInstanceType', { InstanceType: 'serverless' }, 'no such type'],
    ['MissingToken', { Token: '' }, 'a token is needed'],
    ['MissingInstanceSpec', { InstanceSpec: undefined }, 'a spec is needed'],
  ])('refuses with %s: %j (%s)', (code, changes) => {
    const account = newAccount();
    const input = connectInput(newNetwork(account), changes);
    expect(account.refusal('CreateInstance', input)).toMatchObject({ code, status: 400 });
    expect(account.state.instances.size).toBe(1);
    expect(account.state.tokens.size).toBe(0);
  });

  it.each<[string, Record<string, string>, string]>([
    ['InvalidVSwitchId', { VSwitchId: 'vsw-none' }, 'no such vSwitch'],
    ['InvalidZoneId', { ZoneId: 'cn-hangzhou-i' }, 'the vSwitch is in another zone'],
    ['InvalidCidrBlock', { CidrBlock: '172.18.0.0/16' }, 'the vSwitch has another block'],
    ['InvalidSecurityGroupId', { SecurityGroupId: 'sg-none' }, 'no such group'],
  ])('refuses a zone with %s: %j (%s)', (code, changes) => {
    const account = newAccount();
    const network = newNetwork(account);
    const zones = network.zones.map((zone) => ({ ...zone, ...changes }));
    expect(account.refusal('CreateInstance', connectInput({ ...network, zones }))).toMatchObject({ code });
  });

  it.each([
    ['PostPaid', 'PayAsYouGo', 'RUNNING'],
    ['PayAsYouGo', 'PayAsYouGo', 'RUNNING'],
    ['PREPAY', 'PrePaid', 'RUNNING'],
    ['PrePaid', 'PrePaid', 'RUNNING'],
  ])('accepts %s, which is read as %s', async (ChargeType, read, Status) => {
    const account = newAccount();
    const prepaid = { PricingCycle: 'Month', Duration: 9, AutoPay: true };
    const id = await runningInstance(account, connectInput(newNetwork(account), { ChargeType, ...prepaid }));
    expect(account.instance(id)).toMatchObject({ InstanceChargeType: read, Status });
    const expired = account.instance(id)['ExpiredTime'];
    expect(expired).toBe(read === 'PrePaid' ? String(Date.parse('2027-03-01T00:00:00Z')) : undefined);
  });

  it.each([
    ['api.s1.medium', 5000],
    ['api.s2.large.x2', 20_000],
    ['api.s2.large.x6', 60_000],
    // Some pages shorten names.
    ['api.s2.x2', 20_000],
  ])('sells %s, which serves %i requests a second', (InstanceSpec, limit) => {
    const account = newAccount();
    const { InstanceId } = account.call('CreateInstance', normalInput({ InstanceSpec }));
    expect(account.instance(InstanceId)).toMatchObject({ InstanceSpec, InstanceRpsLimit: limit });
  });

  it('creates the service-linked role with the first integration instance', () => {
    const account = newAccount();
    account.call('CreateInstance', normalInput());
    expect(account.roles.size).toBe(0);
    account.call('CreateInstance', connectInput(newNetwork(account)));
    expect([...account.roles.keys()]).toEqual(['AliyunServiceRoleForApiGatewayConnectUserVpc']);
  });

  it('creates a conventional instance in a multi-zone', async () => {
    const account = newAccount();
    const zones = account.call('DescribeZones').Zones.Zone.map(({ ZoneId }: any) => ZoneId);
    expect(zones).toContain('cn-hangzhou-MAZ6(i,j,k)');
    // Public configurations name it without its letters, too.
    const id = await runningInstance(account, normalInput({ ZoneId: 'cn-hangzhou-MAZ6' }));
    expect(account.instance(id)).toMatchObject({
      Status: 'RUNNING',
      DedicatedInstanceType: 'normal',
      ZoneId: 'cn-hangzhou-MAZ6(i,j,k)',
      VpcEgressAddress: expect.stringMatching(/^100\.104\.\d+\.\d+\/26$/),
    });
    expect(account.instance(id)).not.toHaveProperty('ConnectVpcId');
    expect(account.refusal('CreateInstance', normalInput({ ZoneId: 'cn-hangzhou-j' }))?.code).toBe('InvalidZoneId');
    expect(account.refusal('CreateInstance', normalInput({ ZoneId: undefined }))?.code).toBe('MissingZoneId');
  });
});

answers('CreateInstance', newAccount)`
  refuses a vSwitch and a security group of another VPC, and one zone twice
    ours = newNetwork
    newNetwork [10.0.0.0/8, [10.0.0.0/24, 10.0.1.0/24]]
    input = connectInput [$ours, {ZoneVSwitchSecurityGroup: $zones}]
    CreateInstance $input !InvalidVSwitchId
    input2 = connectInput [$ours, {ZoneVSwitchSecurityGroup: [{<<: $ours.zones.0, SecurityGroupId: $SecurityGroupId}]}]
    CreateInstance $input2 !InvalidSecurityGroupId
    input3 = connectInput [$ours, {ZoneVSwitchSecurityGroup: [$ours.zones.0, $ours.zones.1, $ours.zones.0]}]
    CreateInstance $input3 !DuplicateZoneId
  waits for a payment that is not automatic
    network = newNetwork
    input = connectInput [$network, {ChargeType: PrePaid, PricingCycle: month, Duration: 1}]
    id = runningInstance $input
    instance $id -> {Status: CREATING}
  accepts a token once
    network = newNetwork
    input = connectInput [$network]
    CreateInstance $input
    CreateInstance $input !RepeatedCommit: Resubmit request.
    CreateInstance {<<: $input, InstanceName: other} !IdempotentParameterMismatch
    state -> {instances.size: 2}
`;

answers('CreateInstance', () => newAccount({ startAt: '2026-08-22T15:50:00Z' }))`
  is refused after the end of sale
    network = newNetwork
    input = connectInput [$network]
    CreateInstance $input
    advance ${10 * MINUTE}
    input2 = connectInput [$network]
    CreateInstance $input2 !403 ForbiddenCreateInstance /have been discontinued since August 23, 2026/
`;

answers('ModifyInstanceVpcAttributeForConsole', newAccount)`
  sets and removes the VPC of the callers, which is not the VPC of the instance
    ours = newNetwork
    theirs = newNetwork [10.0.0.0/8, [10.0.0.0/24, 10.0.1.0/24]]
    input = connectInput [$ours]
    id = runningInstance $input
    instance $id -> {VpcIntranetEnable: false, UserVpcId: absent, ConnectVpcId: $ours.VpcId}
    ModifyInstanceVpcAttributeForConsole {InstanceId: $id, VpcId: vpc-none} !NotFoundVpc
    ModifyInstanceVpcAttributeForConsole {InstanceId: $id, VpcId: $theirs.VpcId}
    instance $id -> {VpcIntranetEnable: true, UserVpcId: $theirs.VpcId, ConnectVpcId: $ours.VpcId}
    ModifyInstanceVpcAttributeForConsole {InstanceId: $id, VpcId: $theirs.VpcId, DeleteVpcAccess: true}
    instance $id -> {VpcIntranetEnable: false, UserVpcId: absent}
`;

it('DescribeInstances: returns ten of more, and the total count', () => {
  const account = newAccount();
  const network = newNetwork(account);
  for (let n = 0; n < 12; n += 1) account.call('CreateInstance', connectInput(network));
  const answer = account.call('DescribeInstances');
  expect(answer).toMatchObject({ TotalCount: 13, PageSize: 10, PageNumber: 1 });
  expect(answer.Instances.InstanceAttribute).toHaveLength(10);
});

answers('DescribeInstances', newAccount)`
  returns the shared instance, filters by tag and type, and returns an empty list if nothing matches
    network = newNetwork
    input = connectInput [$network]
    CreateInstance {<<: $input, Tag: [{Key: team, Value: orders}]}
    DescribeInstances -> {Instances.InstanceAttribute.InstanceId: [api-shared-vpc-001, $InstanceId]}
    DescribeInstances {Tag: [{Key: team, Value: orders}]} -> {Instances.InstanceAttribute.InstanceId: [$InstanceId]}
    DescribeInstances {Tag: [{Key: team, Value: carts}]} -> {Instances.InstanceAttribute.InstanceId: []}
    DescribeInstances {InstanceType: VPC_SHARED} -> {Instances.InstanceAttribute.InstanceId: [api-shared-vpc-001]}
    DescribeInstances {InstanceId: apigateway-hz-000000000000} -> {Instances.InstanceAttribute.InstanceId: []}
`;

describe('ModifyInstanceAttribute', () => {
  const custom = (CidrBlock: string) => ({ ToConnectVpcIpBlock: { CidrBlock, Customized: true } });

  it('adds one block per call, and is not RUNNING meanwhile', async () => {
    const account = newAccount();
    const id = await runningInstance(account, connectInput(newNetwork(account)));
    account.call('ModifyInstanceAttribute', { InstanceId: id, ...custom('10.1.0.0/24') });
    expect(account.instance(id)['Status']).not.toBe('RUNNING');
    expect(account.refusal('ModifyInstanceAttribute', { InstanceId: id, ...custom('10.2.0.0/24') })).toMatchObject({
      code: 'ConcurrencyLockTimeout',
    });
    await account.advance(MINUTE);
    expect(account.instance(id)).toMatchObject({
      Status: 'RUNNING',
      ConnectCidrBlocks: '["172.16.0.0/16","172.17.0.0/16","10.1.0.0/24"]',
    });
  });

  it('deletes a block by its text, and accepts one that does not exist', async () => {
    const account = newAccount();
    const id = await runningInstance(account, connectInput(newNetwork(account)));
    for (const DeleteVpcIpBlock of ['172.16.0.0/16', '10.9.0.0/24', 'true']) {
      account.call('ModifyInstanceAttribute', { InstanceId: id, DeleteVpcIpBlock });
      await account.advance(MINUTE);
    }
    expect(account.instance(id)).toMatchObject({ Status: 'RUNNING', ConnectCidrBlocks: '["172.17.0.0/16"]' });
  });

  it.each(['VswitchId', 'VSwitchId'])("adds a vSwitch's block with %s, and an existing block once", async (name) => {
    const account = newAccount();
    const network = newNetwork(account);
    const [j] = network.zones;
    const id = await runningInstance(account, connectInput(network));
    const block = { CidrBlock: j?.['CidrBlock'], ZoneId: j?.['ZoneId'], Customized: false, [name]: j?.['VSwitchId'] };
    account.call('ModifyInstanceAttribute', { InstanceId: id, ToConnectVpcIpBlock: block });
    await account.advance(MINUTE);
    expect(account.instance(id)['ConnectCidrBlocks']).toBe('["172.16.0.0/16","172.17.0.0/16"]');
  });

  it.each<[unknown, string]>([
    [[{ CidrBlock: '10.1.0.0/24', Customized: true }], 'an array'],
    ['10.1.0.0/24', 'a text'],
    [{ Customized: true }, 'no block'],
    [{ CidrBlock: '10.1.0.1/24', Customized: true }, 'host bits'],
    [{ CidrBlock: '10.1.0.0', Customized: true }, 'no length'],
    [{ CidrBlock: '10.1.0.0/33', Customized: true }, 'too long'],
    [{ CidrBlock: '10.1.0.0/24', Customized: true, Zone: 'j' }, 'an unknown member'],
    [{ CidrBlock: '10.1.0.0/24', Customized: false }, 'not custom, and no vSwitch'],
  ])('refuses the block %j: %s', async (ToConnectVpcIpBlock) => {
    const account = newAccount();
    const id = await runningInstance(account, connectInput(newNetwork(account)));
    expect(account.refusal('ModifyInstanceAttribute', { InstanceId: id, ToConnectVpcIpBlock })).toMatchObject({
      code: 'InvalidToConnectVpcIpBlock',
    });
    expect(account.instance(id)['Status']).toBe('RUNNING');
  });
});

answers('ModifyInstanceAttribute', newAccount)`
  changes attributes at once, and repeats nothing with the same token
    network = newNetwork
    input = connectInput [$network]
    id = runningInstance $input
    ModifyInstanceAttribute {InstanceId: $id, InstanceName: carts, HttpsPolicy: HTTPS2_TLS1_0, IPV6Enabled: 'true',
      EgressIpv6Enable: 'true', VpcSlbIntranetEnable: 'true', IntranetSegments: '["10.0.0.0/8"]',
      MaintainStartTime: 18:00Z, MaintainEndTime: 22:00Z, Token: once}
    ModifyInstanceAttribute {InstanceId: $id, InstanceName: baskets}
    ModifyInstanceAttribute {InstanceId: $id, InstanceName: carts, HttpsPolicy: HTTPS2_TLS1_0, IPV6Enabled: 'true',
      EgressIpv6Enable: 'true', VpcSlbIntranetEnable: 'true', IntranetSegments: '["10.0.0.0/8"]',
      MaintainStartTime: 18:00Z, MaintainEndTime: 22:00Z, Token: once}
    instance $id
      -> {InstanceName: baskets, HttpsPolicies: HTTPS2_TLS1_0, SupportIpv6: true, EgressIpv6Enable: true,
      VpcSlbIntranetEnable: true, IntranetSegments: '["10.0.0.0/8"]', MaintainStartTime: 18:00Z,
      MaintainEndTime: 22:00Z}
  refuses wrong input
    network = newNetwork
    input = connectInput [$network]
    id = runningInstance $input
    ModifyInstanceAttribute {InstanceId: $id, IntranetSegments: 10.0.0.0/8} !InvalidIntranetSegments
    ModifyInstanceAttribute {InstanceId: $id, MaintainStartTime: 25:00Z} !InvalidMaintainStartTime
    ModifyInstanceAttribute {InstanceId: $id, MaintainEndTime: 22:00} !InvalidMaintainEndTime
    ModifyInstanceAttribute {InstanceId: $id, IPV6Enabled: yes} !InvalidIPV6Enabled
  refuses blocks of instances without blocks, and instances that do not exist
    id = runningInstance ${normalInput()}
    ModifyInstanceAttribute {InstanceId: $id, ToConnectVpcIpBlock: {CidrBlock: 10.1.0.0/24, Customized: true}}
      !InvalidToConnectVpcIpBlock
    ModifyInstanceAttribute {InstanceId: x, ToConnectVpcIpBlock: {CidrBlock: 10.1.0.0/24, Customized: true}}
      !NotFoundInstance
    ModifyInstanceAttribute {InstanceId: api-shared-vpc-001, ToConnectVpcIpBlock: {CidrBlock: 10.1.0.0/24,
      Customized: true}} !InvalidInstanceId
`;

answers('ModifyInstanceSpec', newAccount)`
  resizes an integration instance in minutes
    network = newNetwork
    input = connectInput [$network]
    id = runningInstance $input
    ModifyInstanceSpec {InstanceId: $id, InstanceSpec: api.s1.medium, Token: spec-$id}
    instance $id -> {Status: MODIFYING}
    ModifyInstanceSpec {InstanceId: $id, InstanceSpec: api.s1.medium, Token: spec-$id} !RepeatedCommit
    ModifyInstanceSpec {InstanceId: $id, InstanceSpec: api.s1.medium, Token: other} !ConcurrencyLockTimeout
    advance ${11 * MINUTE}
    instance $id -> {Status: RUNNING, InstanceSpec: api.s1.medium, InstanceRpsLimit: 5000}
    ModifyInstanceSpec {InstanceId: $id, InstanceSpec: api.s1.medium, Token: third} !InvalidInstanceSpec
  waits for the user on a conventional instance, and reverts after a day
    id = runningInstance ${normalInput()}
    ModifyInstanceSpec {InstanceId: $id, InstanceSpec: api.s1.medium, Token: spec-$id}
    advance ${11 * MINUTE}
    instance $id -> {Status: WAIT_SWITCH, InstanceSpec: api.s2.large}
    instance $id -> {NewVpcEgressAddress: /^100\.104\./}
    advance ${24 * 60 * MINUTE}
    instance $id -> {Status: RUNNING, InstanceSpec: api.s2.large, NewVpcEgressAddress: ''}
  continues without waiting when requested
    id = runningInstance ${normalInput()}
    ModifyInstanceSpec {InstanceId: $id, InstanceSpec: api.s1.medium, Token: spec-$id, SkipWaitSwitch: true}
    advance ${11 * MINUTE}
    instance $id -> {Status: RUNNING, InstanceSpec: api.s1.medium}
    instance $id -> {NewVpcEgressAddress: /^100\.104\./}
`;

it('DeleteInstance: deletes the interfaces after some time', async () => {
  const account = newAccount();
  const id = await runningInstance(account, connectInput(newNetwork(account)));
  account.call('DeleteInstance', { InstanceId: id });
  expect(account.instance(id)['Status']).toBe('DELETING');
  await account.advance(2 * MINUTE);
  expect(account.instance(id)).toBeUndefined();
  expect(account.network.interfaces.size).toBe(0);
  expect(account.refusal('DeleteInstance', { InstanceId: id })?.code).toBe('NotFoundInstance');
});

answers('DeleteInstance', newAccount)`
  is refused while it hosts a group, and for the shared instance
    network = newNetwork
    input = connectInput [$network]
    id = runningInstance $input
    CreateApiGroup {GroupName: orders, InstanceId: $id}
    DeleteInstance {InstanceId: $id} !DependencyViolationInstance
    DeleteInstance {InstanceId: api-shared-vpc-001} !InvalidInstanceId
`;

it('DescribeRegions returns endpoints', () => {
  const { Regions } = newAccount().call('DescribeRegions');
  expect(Regions.Region).toContainEqual({
    RegionId: REGION,
    LocalName: 'China (Hangzhou)',
    RegionEndpoint: 'apigateway.cn-hangzhou.aliyuncs.com',
  });
});
