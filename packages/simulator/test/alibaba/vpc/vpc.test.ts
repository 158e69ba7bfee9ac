import { describe, expect, it } from 'vitest';
import { account, idOf, refusal, runInstance, smallNetwork } from '../ecs/account.js';

describe('VPCs', () => {
  it.each([
    ['10.0.0.0/7', 'InvalidParameter', 'shorter than 8 bits'],
    ['10.0.0.0/29', 'InvalidParameter', 'longer than 28 bits'],
    ['10.0.0.1/16', 'InvalidParameter', 'host bits'],
    ['10.0.0.0', 'InvalidParameter', 'no length'],
    ['fd00::/16', 'InvalidParameter', 'another family'],
    ['100.64.0.0/10', 'InvalidParameter', "the cloud's own services"],
    ['100.104.0.0/16', 'InvalidParameter', 'inside of them'],
    ['169.254.0.0/16', 'InvalidParameter', 'link-local'],
  ])('refuses %s with %s: %s', (CidrBlock, code) => {
    expect(() => account().vpc('CreateVpc', { CidrBlock })).toThrow(refusal(code));
  });

  it('are created, described, changed and deleted', () => {
    const { vpc } = account();
    const made = vpc('CreateVpc', { VpcName: 'one', Tag: [{ Key: 'a', Value: 'b' }] });
    const VpcId = idOf(made, 'VpcId');
    vpc('ModifyVpcAttribute', { VpcId, VpcName: 'two', Description: 'text' });
    expect(vpc('DescribeVpcs', { VpcName: 'two', Tag: [{ Key: 'a' }] })).toMatchObject({
      TotalCount: 1,
      PageSize: 10,
      Vpcs: { Vpc: [{ VpcId, CidrBlock: '172.16.0.0/12', Status: 'Available', Description: 'text' }] },
    });
    expect(vpc('DescribeVpcAttribute', { VpcId })).toMatchObject({ VRouterId: made['VRouterId'] });
    vpc('DeleteVpc', { VpcId });
    expect(() => vpc('DescribeVpcAttribute', { VpcId })).toThrow(refusal('InvalidVpcID.NotFound', 404));
  });

  it('list ten to a page', () => {
    const { vpc } = account({ quotas: { 'alibaba-vpcs': 12 } });
    for (let n = 0; n < 12; n += 1) vpc('CreateVpc');
    const counts = [{}, { PageNumber: 2 }, { PageNumber: 3 }, { PageSize: 50 }].map(
      (asked) => (vpc('DescribeVpcs', asked) as { Vpcs?: { Vpc: unknown[] } }).Vpcs?.Vpc.length,
    );
    expect(counts).toEqual([10, 2, 0, 12]);
    expect(() => vpc('DescribeVpcs', { PageSize: 51 })).toThrow(refusal('InvalidPageSize'));
    expect(() => vpc('CreateVpc')).toThrow(refusal('QuotaExceeded.Vpc'));
  });

  it('get secondary blocks that do not overlap others, and lose them when no vSwitch is inside', () => {
    const { vpc } = account();
    const VpcId = idOf(vpc('CreateVpc', { CidrBlock: '10.0.0.0/16' }), 'VpcId');
    const add = (SecondaryCidrBlock: string) => vpc('AssociateVpcCidrBlock', { VpcId, SecondaryCidrBlock });
    add('192.168.0.0/16');
    expect(() => add('10.0.8.0/24')).toThrow(refusal('InvalidCidrBlock.Overlapped'));
    const vSwitch = { VpcId, ZoneId: 'cn-hangzhou-j', CidrBlock: '192.168.1.0/24' };
    const VSwitchId = idOf(vpc('CreateVSwitch', vSwitch), 'VSwitchId');
    const remove = () => vpc('UnassociateVpcCidrBlock', { VpcId, SecondaryCidrBlock: '192.168.0.0/16' });
    expect(remove).toThrow(refusal('DependencyViolation.VSwitch'));
    vpc('DeleteVSwitch', { VSwitchId });
    remove();
    expect(vpc('DescribeVpcAttribute', { VpcId })).toMatchObject({ SecondaryCidrBlocks: { SecondaryCidrBlock: [] } });
  });

  it('are not deleted while they contain resources', () => {
    const cloud = account();
    const { vpcId: VpcId, j, k, groupId: SecurityGroupId } = smallNetwork(cloud);
    const remove = () => cloud.vpc('DeleteVpc', { VpcId });
    expect(remove).toThrow(refusal('DependencyViolation.VSwitch'));
    for (const VSwitchId of [j, k]) cloud.vpc('DeleteVSwitch', { VSwitchId });
    expect(remove).toThrow(refusal('DependencyViolation.SecurityGroup'));
    cloud.ecs('DeleteSecurityGroup', { SecurityGroupId });
    const RouteTableId = idOf(cloud.vpc('CreateRouteTable', { VpcId }), 'RouteTableId');
    expect(remove).toThrow(refusal('DependencyViolation.RouteTable'));
    cloud.vpc('DeleteRouteTable', { RouteTableId });
    remove();
  });
});

describe('vSwitches', () => {
  it.each<[Record<string, unknown>, string, number, string]>([
    [{ CidrBlock: '10.0.0.0/15' }, 'InvalidCidrBlock.Malformed', 400, 'shorter than 16 bits'],
    [{ CidrBlock: '10.0.3.0/30' }, 'InvalidCidrBlock.Malformed', 400, 'longer than 29 bits'],
    [{ CidrBlock: '10.1.0.0/24' }, 'InvalidParameter', 400, 'outside of the VPC'],
    [{ CidrBlock: '10.0.1.128/25' }, 'InvalidCidrBlock.Overlapped', 400, 'inside of another vSwitch'],
    [{ ZoneId: 'cn-hangzhou-z' }, 'InvalidZoneId.NotFound', 404, 'no such zone'],
    [{ VpcId: 'vpc-none' }, 'InvalidVpcId.NotFound', 404, 'no such VPC'],
    [{ VSwitchName: 'http://x' }, 'InvalidVSwitchName.Malformed', 400, 'a name that the service refuses'],
    [{ Description: 'https://x' }, 'InvalidVSwitchDiscription.Malformed', 400, 'misspelled by the service'],
  ])('refuses %j with %s %d: %s', (wrong, code, status) => {
    const cloud = account();
    const { vpcId: VpcId } = smallNetwork(cloud);
    const input = { VpcId, ZoneId: 'cn-hangzhou-j', CidrBlock: '10.0.3.0/24', ...wrong };
    expect(() => cloud.vpc('CreateVSwitch', input)).toThrow(refusal(code, status));
  });

  it.each([
    ['10.0.8.0/24', true, 'the same block'],
    ['10.0.8.0/23', true, 'more than the block'],
    ['10.0.8.128/25', false, 'inside of the block'],
  ])('%s beside a route to 10.0.8.0/24 (refused: %s): %s', (CidrBlock, isRefused) => {
    const cloud = account();
    const { vpcId: VpcId } = smallNetwork(cloud);
    const RouteTableId = idOf(cloud.vpc('CreateRouteTable', { VpcId }), 'RouteTableId');
    const hop = { NextHopType: 'VpcPeer', NextHopId: 'pcc-1' };
    cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '10.0.8.0/24', ...hop });
    const create = () => cloud.vpc('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-j', CidrBlock });
    if (isRefused) expect(create).toThrow(refusal('InvalidCidrBlock.Overlapped'));
    else expect(create()).toHaveProperty('VSwitchId');
  });

  it('reserve the first and the last three addresses', () => {
    const cloud = account();
    const { vpcId: VpcId, groupId: SecurityGroupId } = smallNetwork(cloud);
    const tiny = { VpcId, ZoneId: 'cn-hangzhou-j', CidrBlock: '10.0.9.0/29' };
    const VSwitchId = idOf(cloud.vpc('CreateVSwitch', tiny), 'VSwitchId');
    const free = () => cloud.vpc('DescribeVSwitchAttributes', { VSwitchId })['AvailableIpAddressCount'];
    expect(free()).toBe(4);
    for (const last of [0, 5, 6, 7]) {
      const PrivateIpAddress = `10.0.9.${last}`;
      expect(() => runInstance(cloud, { VSwitchId, SecurityGroupId, PrivateIpAddress })).toThrow(
        refusal('InvalidPrivateIpAddress'),
      );
    }
    for (let n = 0; n < 4; n += 1) runInstance(cloud, { VSwitchId, SecurityGroupId });
    expect(free()).toBe(0);
    expect(() => runInstance(cloud, { VSwitchId, SecurityGroupId })).toThrow(refusal('QuotaExceeded.PrivateIpAddress'));
    expect(() => cloud.vpc('DeleteVSwitch', { VSwitchId })).toThrow(refusal('DependencyViolation'));
    const { Instances } = cloud.ecs('DescribeInstances', { VSwitchId }) as {
      Instances?: { Instance: { VpcAttributes: { PrivateIpAddress: { IpAddress: string[] } } }[] };
    };
    const taken = (Instances?.Instance ?? []).flatMap((row) => row.VpcAttributes.PrivateIpAddress.IpAddress);
    expect(taken.sort()).toEqual(['10.0.9.1', '10.0.9.2', '10.0.9.3', '10.0.9.4']);
  });
});

describe('client tokens and dry runs', () => {
  it('return the same answer for the same request, and refuse another request', () => {
    const { vpc } = account();
    const once = vpc('CreateVpc', { VpcName: 'a', ClientToken: 't' });
    expect(vpc('CreateVpc', { VpcName: 'a', ClientToken: 't' })).toEqual(once);
    expect(() => vpc('CreateVpc', { VpcName: 'b', ClientToken: 't' })).toThrow(refusal('IdempotentParameterMismatch'));
    expect(vpc('DescribeVpcs')).toMatchObject({ TotalCount: 1 });
  });

  it('validates without effect', () => {
    const { vpc } = account({ quotas: { 'alibaba-vpcs': 0 } });
    expect(() => vpc('CreateVpc', { DryRun: true })).toThrow(refusal('QuotaExceeded.Vpc'));
    const open = account();
    expect(() => open.vpc('CreateVpc', { DryRun: true })).toThrow(refusal('DryRunOperation'));
    expect(open.vpc('DescribeVpcs')).toMatchObject({ TotalCount: 0 });
  });
});
