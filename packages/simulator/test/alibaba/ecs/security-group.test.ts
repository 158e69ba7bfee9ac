import { describe, expect, it } from 'vitest';
import { account, idOf, refusal, runInstance, smallNetwork, type Account } from './account.js';

const web = { IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp: '10.0.0.0/8' };

type Permission = Readonly<Record<string, string>>;
function permissions({ ecs }: Account, SecurityGroupId: string, Direction = 'all'): Permission[] {
  const { Permissions } = ecs('DescribeSecurityGroupAttribute', { SecurityGroupId, Direction }) as {
    Permissions?: { Permission: Permission[] };
  };
  return Permissions?.Permission ?? [];
}

function group({ ecs }: Account, VpcId: string, SecurityGroupType?: string): string {
  return idOf(
    ecs('CreateSecurityGroup', { VpcId, ...(SecurityGroupType && { SecurityGroupType }) }),
    'SecurityGroupId',
  );
}

describe('rules of security groups', () => {
  it.each<[Record<string, unknown>, string, number, string]>([
    [{ IpProtocol: 'sctp' }, 'InvalidIpProtocol.ValueNotSupported', 400, 'unknown protocol'],
    [{ PortRange: '80' }, 'InvalidIpProtocol.Malformed', 400, 'no range'],
    [{ PortRange: '90/80' }, 'InvalidIpProtocol.Malformed', 400, 'backwards'],
    [{ PortRange: '-1/-1' }, 'InvalidIpProtocol.Malformed', 400, 'TCP needs ports'],
    [{ IpProtocol: 'icmp' }, 'InvalidIpProtocol.Malformed', 400, 'ICMP has none'],
    [{ Policy: 'allow' }, 'InvalidPolicy.Malformed', 400, "AWS's word"],
    [{ Priority: '0' }, 'InvalidPriority.ValueNotSupported', 400, 'below 1'],
    [{ Priority: '101' }, 'InvalidPriority.ValueNotSupported', 400, 'above 100'],
    [{ Priority: 'high' }, 'InvalidPriority.Malformed', 400, 'no number'],
    [{ NicType: 'internet' }, 'InvalidNicType.ValueNotSupported', 400, 'only in the classic network'],
    [{ SourceCidrIp: '10.0.0.0/33' }, 'InvalidSourceCidrIp.Malformed', 400, 'too long'],
    [{ SourceCidrIp: undefined }, 'MissingParameter.Source', 400, 'from nowhere'],
    [{ SourceCidrIp: undefined, SourceGroupId: 'sg-none' }, 'InvalidSourceGroupId.NotFound', 404, 'no such group'],
    [{ SourceCidrIp: undefined, SourcePrefixListId: 'pl-none' }, 'InvalidPrefixListId.NotFound', 404, 'no such list'],
    [{ SecurityGroupId: 'sg-none' }, 'InvalidSecurityGroupId.NotFound', 404, 'the group of the rule does not exist'],
  ])('are refused with %j: %s %d, %s', (wrong, code, status) => {
    const cloud = account();
    const { groupId: SecurityGroupId } = smallNetwork(cloud);
    const input = { SecurityGroupId, ...web, ...wrong };
    expect(() => cloud.ecs('AuthorizeSecurityGroup', input)).toThrow(refusal(code, status));
  });

  it('are described in full, and once', () => {
    const cloud = account();
    const { groupId: SecurityGroupId } = smallNetwork(cloud);
    for (let n = 0; n < 2; n += 1) cloud.ecs('AuthorizeSecurityGroup', { SecurityGroupId, ...web, Priority: '7' });
    cloud.ecs('AuthorizeSecurityGroupEgress', {
      SecurityGroupId,
      Permissions: [
        { IpProtocol: 'ALL', PortRange: '-1/-1', DestCidrIp: '10.0.0.9', Policy: 'drop' },
        { IpProtocol: 'ALL', PortRange: '-1/-1', Ipv6DestCidrIp: '2001:DB8::/32' },
      ],
    });
    expect(permissions(cloud, SecurityGroupId)).toMatchObject([
      {
        Direction: 'ingress',
        IpProtocol: 'TCP',
        PortRange: '80/80',
        Priority: '7',
        Policy: 'Accept',
        NicType: 'intranet',
      },
      { Direction: 'egress', IpProtocol: 'ALL', DestCidrIp: '10.0.0.9', Policy: 'Drop', SourceCidrIp: '' },
      { Direction: 'egress', Ipv6DestCidrIp: '2001:db8::/32' },
    ]);
    expect(permissions(cloud, SecurityGroupId, 'ingress')).toHaveLength(1);
  });

  it('are revoked by ID or by content, without an error when they do not exist', () => {
    const cloud = account();
    const { groupId: SecurityGroupId } = smallNetwork(cloud);
    for (const Priority of ['1', '2', '3']) cloud.ecs('AuthorizeSecurityGroup', { SecurityGroupId, ...web, Priority });
    cloud.ecs('RevokeSecurityGroup', { SecurityGroupId, ...web, Priority: '2' });
    const [first, third] = permissions(cloud, SecurityGroupId);
    expect([first?.['Priority'], third?.['Priority']]).toEqual(['1', '3']);
    const byId = { SecurityGroupId, SecurityGroupRuleId: [first?.['SecurityGroupRuleId']] };
    cloud.ecs('RevokeSecurityGroup', byId);
    expect(() => cloud.ecs('RevokeSecurityGroup', byId)).toThrow(refusal('InvalidSecurityGroupRule.RuleNotExist', 404));
    for (let n = 0; n < 2; n += 1) cloud.ecs('RevokeSecurityGroup', { SecurityGroupId, ...web });
    expect(permissions(cloud, SecurityGroupId)).toEqual([]);
  });

  it('are at most 200; a prefix list counts with its maximum of entries', () => {
    const cloud = account();
    const { groupId: SecurityGroupId } = smallNetwork(cloud);
    const list = { PrefixListName: 'list', AddressFamily: 'IPv4', MaxEntries: 199 };
    const SourcePrefixListId = idOf(cloud.ecs('CreatePrefixList', list), 'PrefixListId');
    const rule = { IpProtocol: 'tcp', PortRange: '80/80' };
    cloud.ecs('AuthorizeSecurityGroup', { SecurityGroupId, ...rule, SourcePrefixListId });
    cloud.ecs('AuthorizeSecurityGroupEgress', { SecurityGroupId, ...rule, DestCidrIp: '10.0.0.0/8' });
    expect(() => cloud.ecs('AuthorizeSecurityGroup', { SecurityGroupId, ...web })).toThrow(
      refusal('AuthorizationLimitExceed', 403),
    );
    expect(() => cloud.ecs('DeletePrefixList', { PrefixListId: SourcePrefixListId })).toThrow(
      refusal('DependencyViolation.PrefixList', 403),
    );
  });
});

describe('security groups', () => {
  it('differ by type: advanced groups name no groups and isolate their members', () => {
    const cloud = account();
    const { vpcId, groupId, j } = smallNetwork(cloud);
    const advanced = group(cloud, vpcId, 'enterprise');
    const rule = { IpProtocol: 'tcp', PortRange: '80/80' };
    const name = (SecurityGroupId: string, SourceGroupId: string) => () =>
      cloud.ecs('AuthorizeSecurityGroup', { SecurityGroupId, SourceGroupId, ...rule });
    expect(name(advanced, groupId)).toThrow(refusal('InvalidOperation.SecurityGroupType', 403));
    expect(name(groupId, advanced)).toThrow(refusal('InvalidOperation.SecurityGroupType', 403));
    expect(name(groupId, groupId)).toThrow(refusal('InvalidParamter.Conflict', 403));
    const inner = (SecurityGroupId: string, InnerAccessPolicy: string) => () =>
      cloud.ecs('ModifySecurityGroupPolicy', { SecurityGroupId, InnerAccessPolicy });
    expect(inner(advanced, 'Accept')).toThrow(refusal('InvalidOperation.SecurityGroupType', 403));
    expect(inner(groupId, 'Maybe')).toThrow(refusal('InvalidPolicy.Malformed'));
    inner(groupId, 'drop')();
    expect(cloud.ecs('DescribeSecurityGroupAttribute', { SecurityGroupId: groupId })).toMatchObject({
      InnerAccessPolicy: 'Drop',
    });
    expect(() => runInstance(cloud, { VSwitchId: j, SecurityGroupIds: [groupId, advanced] })).toThrow(
      refusal('InvalidSecurityGroup.TypeMismatch', 403),
    );
  });

  it('name no group of another VPC, peered or not, in either direction', async () => {
    const cloud = account();
    const { vpcId, groupId } = smallNetwork(cloud);
    const otherVpc = idOf(cloud.vpc('CreateVpc', { CidrBlock: '172.16.0.0/12' }), 'VpcId');
    const other = group(cloud, otherVpc);
    const refused = () => {
      for (const [SecurityGroupId, named] of [
        [groupId, other],
        [other, groupId],
      ]) {
        const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80' };
        expect(() => cloud.ecs('AuthorizeSecurityGroup', { ...rule, SourceGroupId: named })).toThrow(
          refusal('InvalidSourceGroupId.Mismatch'),
        );
        expect(() => cloud.ecs('AuthorizeSecurityGroupEgress', { ...rule, DestGroupId: named })).toThrow(
          refusal('InvalidDestGroupId.Mismatch'),
        );
      }
    };
    refused();
    cloud.sim.callAlibaba(
      { product: 'VpcPeer', action: 'CreateVpcPeerConnection', region: 'cn-hangzhou' },
      { VpcId: vpcId, AcceptingVpcId: otherVpc, AcceptingRegionId: 'cn-hangzhou' },
    );
    await cloud.sim.advance(5_000);
    refused();
  });

  it('are not deleted while an interface or another group uses them', () => {
    const cloud = account();
    const { vpcId, groupId, j } = smallNetwork(cloud);
    const other = group(cloud, vpcId);
    cloud.ecs('AuthorizeSecurityGroup', {
      SecurityGroupId: other,
      IpProtocol: 'all',
      PortRange: '-1/-1',
      SourceGroupId: groupId,
    });
    const InstanceId = runInstance(cloud, { VSwitchId: j, SecurityGroupId: groupId });
    const remove = (SecurityGroupId: string) => () => cloud.ecs('DeleteSecurityGroup', { SecurityGroupId });
    expect(remove(groupId)).toThrow(refusal('DependencyViolation', 403));
    cloud.ecs('JoinSecurityGroup', { InstanceId, SecurityGroupId: other });
    cloud.ecs('LeaveSecurityGroup', { InstanceId, SecurityGroupId: groupId });
    expect(remove(groupId)).toThrow('The specified security group has been authorized in another one.');
    expect(() => cloud.ecs('LeaveSecurityGroup', { InstanceId, SecurityGroupId: other })).toThrow(
      refusal('InstanceLastSecurityGroup', 403),
    );
    expect(cloud.ecs('DescribeSecurityGroups', { IsQueryEcsCount: true, SecurityGroupId: other })).toMatchObject({
      SecurityGroups: { SecurityGroup: [{ EcsCount: 1, RuleCount: 1, GroupToGroupRuleCount: 1 }] },
    });
  });

  it('list ten to a page, by number or by token', () => {
    const cloud = account();
    const { vpcId } = smallNetwork(cloud);
    for (let n = 0; n < 14; n += 1) group(cloud, vpcId);
    type Page = { SecurityGroups?: { SecurityGroup: { SecurityGroupId: string }[] }; NextToken?: string };
    const list = (asked: object) => cloud.ecs('DescribeSecurityGroups', { ...asked }) as Page;
    const ids = ({ SecurityGroups }: Page) => SecurityGroups?.SecurityGroup.map((row) => row.SecurityGroupId) ?? [];
    const numbered = [...ids(list({})), ...ids(list({ PageNumber: 2 }))];
    const first = list({ MaxResults: 10 });
    const tokened = [...ids(first), ...ids(list({ MaxResults: 10, NextToken: first.NextToken }))];
    expect(new Set(numbered).size).toBe(15);
    expect(tokened).toEqual(numbered);
    expect(() => list({ NextToken: 'forged' })).toThrow(refusal('InvalidNextToken'));
  });

  it('need a VPC', () => {
    expect(() => account().ecs('CreateSecurityGroup', {})).toThrow(refusal('InvalidVpcId.NotFound', 403));
  });
});

it('prefix lists: are created, described, changed and deleted', () => {
  const { ecs } = account();
  const input = { PrefixListName: 'list', AddressFamily: 'IPv4', MaxEntries: 2, Entry: [{ Cidr: '10.0.0.9' }] };
  const PrefixListId = idOf(ecs('CreatePrefixList', input), 'PrefixListId');
  const change = (change: object) => () => ecs('ModifyPrefixList', { PrefixListId, ...change });
  change({ PrefixListName: 'new', AddEntry: [{ Cidr: '10.1.0.0/16', Description: 'one' }] })();
  expect(change({ AddEntry: [{ Cidr: '10.2.0.0/16' }] })).toThrow(refusal('LimitExceed.Entry'));
  expect(change({ AddEntry: [{ Cidr: '10.1.0.0/16' }] })).toThrow(refusal('InvalidEntryCidr.Duplicated'));
  expect(change({ AddEntry: [{ Cidr: '2001:db8::/32' }] })).toThrow(refusal('InvalidEntryCidr.Malformed'));
  change({ RemoveEntry: [{ Cidr: '10.0.0.9/32' }] })();
  expect(ecs('DescribePrefixListAttributes', { PrefixListId })).toMatchObject({
    PrefixListName: 'new',
    Entries: { Entry: [{ Cidr: '10.1.0.0/16', Description: 'one' }] },
  });
  expect(ecs('DescribePrefixLists', { PrefixListName: 'new' })).toMatchObject({
    PrefixLists: { PrefixList: [{ PrefixListId, MaxEntries: 2, AssociationCount: 0 }] },
  });
  ecs('DeletePrefixList', { PrefixListId });
  expect(() => ecs('DescribePrefixListAttributes', { PrefixListId })).toThrow(
    refusal('InvalidPrefixListId.NotFound', 404),
  );
});
