import { describe, expect, it } from 'vitest';
import { account, refusal, runInstance, smallNetwork, type Account } from './account.js';

function statusOf({ ecs }: Account, id: string): string | undefined {
  const { Instances } = ecs('DescribeInstances', { InstanceIds: JSON.stringify([id]) }) as {
    Instances?: { Instance: { Status: string }[] };
  };
  return Instances?.Instance[0]?.Status;
}

describe('ECS instances', () => {
  it('start, stop and are deleted', async () => {
    const cloud = account();
    const { j: VSwitchId, groupId: SecurityGroupId } = smallNetwork(cloud);
    const InstanceId = runInstance(cloud, { VSwitchId, SecurityGroupId });
    expect(statusOf(cloud, InstanceId)).toBe('Pending');
    expect(() => cloud.ecs('DeleteInstance', { InstanceId, Force: true })).toThrow(
      refusal('IncorrectInstanceStatus', 403),
    );
    await cloud.sim.advance(60_000);
    expect(statusOf(cloud, InstanceId)).toBe('Running');
    expect(() => cloud.ecs('StartInstance', { InstanceId })).toThrow(refusal('IncorrectInstanceStatus', 403));
    expect(() => cloud.ecs('DeleteInstance', { InstanceId })).toThrow(refusal('IncorrectInstanceStatus', 403));
    cloud.ecs('StopInstance', { InstanceId });
    expect(statusOf(cloud, InstanceId)).toBe('Stopping');
    await cloud.sim.advance(60_000);
    cloud.ecs('StartInstance', { InstanceId });
    await cloud.sim.advance(60_000);
    expect(statusOf(cloud, InstanceId)).toBe('Running');
    cloud.ecs('DeleteInstance', { InstanceId, Force: true });
    expect(statusOf(cloud, InstanceId)).toBeUndefined();
    await cloud.sim.advance(60_000);
    expect(cloud.vpc('DescribeVSwitchAttributes', { VSwitchId })).toMatchObject({ AvailableIpAddressCount: 252 });
  });

  it('have one interface, which is described with them and separately', () => {
    const cloud = account();
    const { vpcId: VpcId, j: VSwitchId, groupId: SecurityGroupId } = smallNetwork(cloud);
    const PrivateIpAddress = '10.0.1.9';
    const InstanceId = runInstance(cloud, { VSwitchId, SecurityGroupId, PrivateIpAddress, InstanceName: 'web-1' });
    const one = {
      Instances: { Instance: [{ InstanceId, VpcAttributes: { PrivateIpAddress: { IpAddress: ['10.0.1.9'] } } }] },
    };
    const addresses = { PrivateIpAddresses: '["10.0.1.9"]' };
    expect(cloud.ecs('DescribeInstances', { ...addresses, VpcId })).toMatchObject(one);
    expect(cloud.ecs('DescribeInstances', { InstanceName: 'web*' })).toMatchObject(one);
    expect(() => cloud.ecs('DescribeInstances', addresses)).toThrow(refusal('InvalidParameter'));
    expect(() => cloud.ecs('DescribeInstances', { InstanceIds: InstanceId })).toThrow(refusal('InvalidParameter'));
    expect(cloud.ecs('DescribeNetworkInterfaces', { PrivateIpAddress: ['10.0.1.9'] })).toMatchObject({
      NetworkInterfaceSets: { NetworkInterfaceSet: [{ InstanceId, Type: 'Primary', ServiceManaged: false }] },
    });
    expect(cloud.ecs('DescribeNetworkInterfaces', { SecurityGroupId })).toMatchObject({ TotalCount: 0 });
    expect(() => runInstance(cloud, { VSwitchId, SecurityGroupId, PrivateIpAddress })).toThrow(
      refusal('InvalidPrivateIpAddress.Duplicated'),
    );
  });

  it.each<[Record<string, unknown>, string, number]>([
    [{ VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound', 404],
    [{ ZoneId: 'cn-hangzhou-k' }, 'InvalidParameter.Mismatch', 400],
    [{ SecurityGroupId: undefined }, 'MissingParameter', 400],
    [{ SecurityGroupId: 'sg-none' }, 'InvalidSecurityGroupId.NotFound', 404],
    [{ Amount: 101 }, 'InvalidParameter', 400],
    [{ PrivateIpAddress: '10.0.2.9' }, 'InvalidPrivateIpAddress', 400],
  ])('are not created with %j: %s %d', (wrong, code, status) => {
    const cloud = account();
    const { j: VSwitchId, groupId: SecurityGroupId } = smallNetwork(cloud);
    expect(() => runInstance(cloud, { VSwitchId, SecurityGroupId, ...wrong })).toThrow(refusal(code, status));
  });

  it('are not created with, and do not join, a group of another VPC', () => {
    const cloud = account();
    const { j: VSwitchId, groupId } = smallNetwork(cloud);
    const { groupId: SecurityGroupId } = smallNetwork(cloud);
    expect(() => runInstance(cloud, { VSwitchId, SecurityGroupId })).toThrow(
      refusal('OperationDenied.InconsistentNetwork', 403),
    );
    const InstanceId = runInstance(cloud, { VSwitchId, SecurityGroupId: groupId });
    expect(() => cloud.ecs('JoinSecurityGroup', { InstanceId, SecurityGroupId })).toThrow(
      refusal('InvalidInstanceId.Mismatch'),
    );
  });

  it('are created in numbers, as many as free addresses allow, and deleted all or none', async () => {
    const cloud = account();
    const { vpcId: VpcId, groupId: SecurityGroupId } = smallNetwork(cloud);
    const input = { VpcId, ZoneId: 'cn-hangzhou-j', CidrBlock: '10.0.9.0/28' };
    const { VSwitchId } = cloud.vpc('CreateVSwitch', input) as { VSwitchId?: string };
    const run = { ImageId: 'i', InstanceType: 't', VSwitchId, SecurityGroupId, Amount: 20 };
    expect(() => cloud.ecs('RunInstances', run)).toThrow(refusal('QuotaExceeded.PrivateIpAddress'));
    const { InstanceIdSets } = cloud.ecs('RunInstances', { ...run, MinAmount: 2 }) as {
      InstanceIdSets?: { InstanceIdSet: string[] };
    };
    const ids = InstanceIdSets?.InstanceIdSet ?? [];
    expect(ids).toHaveLength(12);
    await cloud.sim.advance(60_000);
    const remove = (InstanceId: string[]) => cloud.ecs('DeleteInstances', { InstanceId, Force: true });
    expect(() => remove([...ids, 'i-none'])).toThrow(refusal('InvalidInstanceId.NotFound', 404));
    remove(ids);
    expect(cloud.ecs('DescribeInstances')).toMatchObject({ TotalCount: 0 });
  });

  it('are not deleted while protected or while a route uses them', async () => {
    const cloud = account();
    const { vpcId: VpcId, j: VSwitchId, groupId: SecurityGroupId } = smallNetwork(cloud);
    const kept = runInstance(cloud, { VSwitchId, SecurityGroupId, DeletionProtection: true });
    const hop = runInstance(cloud, { VSwitchId, SecurityGroupId });
    await cloud.sim.advance(60_000);
    const { RouteTableId } = cloud.vpc('CreateRouteTable', { VpcId }) as { RouteTableId?: string };
    cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', NextHopId: hop });
    const remove = (InstanceId: string) => () => cloud.ecs('DeleteInstance', { InstanceId, Force: true });
    expect(remove(kept)).toThrow(refusal('InvalidOperation.DeletionProtection', 403));
    expect(remove(hop)).toThrow(refusal('DependencyViolation.RouteEntry'));
  });
});

it('tags of ECS: are set with the resource or later, and used as filters', () => {
  const cloud = account();
  const { j: VSwitchId, groupId } = smallNetwork(cloud);
  const id = runInstance(cloud, { VSwitchId, SecurityGroupId: groupId, Tag: [{ Key: 'a', Value: '1' }] });
  cloud.ecs('TagResources', {
    ResourceType: 'securitygroup',
    ResourceId: [groupId],
    Tag: [{ Key: 'a', Value: '2' }],
  });
  const found = (ResourceType: string) =>
    cloud.ecs('ListTagResources', { ResourceType, Tag: [{ Key: 'a' }] }) as Record<string, unknown>;
  expect(found('instance')).toMatchObject({ TagResources: { TagResource: [{ ResourceId: id, TagValue: '1' }] } });
  expect(found('securitygroup')).toMatchObject({ TagResources: { TagResource: [{ TagValue: '2' }] } });
  cloud.ecs('UntagResources', { ResourceType: 'instance', ResourceId: [id], All: true });
  expect(cloud.ecs('DescribeInstances', { Tag: [{ Key: 'a' }] })).toMatchObject({ TotalCount: 0 });
  for (const type of ['disk', '__proto__', 'constructor']) {
    expect(() => found(type)).toThrow(refusal('InvalidResourceType.NotFound', 404));
  }
});

it('regions and zones: are the same for each product', () => {
  const { ecs, vpc, slb } = account();
  for (const call of [ecs, vpc, slb]) {
    const { Regions } = call('DescribeRegions') as { Regions?: { Region: { RegionId: string }[] } };
    expect(Regions?.Region.map(({ RegionId }) => RegionId)).toContain('cn-hangzhou');
  }
  for (const call of [ecs, vpc]) {
    expect(call('DescribeZones')).toMatchObject({
      Zones: { Zone: ['i', 'j', 'k'].map((letter) => ({ ZoneId: `cn-hangzhou-${letter}` })) },
    });
  }
});
