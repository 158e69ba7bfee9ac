import { describe, expect, it } from 'vitest';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal, tcp } from './account.js';

const newWeb = (options: Parameters<typeof newAccount>[0] = {}) => {
  const { ec2, sim } = newAccount(options);
  const VpcId = newVpc(ec2);
  const GroupId = newGroup(ec2, VpcId, 'web');
  const allow = (...IpPermissions: object[]) => ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const group = () => ec2('DescribeSecurityGroups', { GroupIds: [GroupId] }).SecurityGroups[0];
  return { ec2, sim, VpcId, GroupId, allow, group };
};

describe('CreateSecurityGroup', () => {
  it('allows all outbound traffic and no inbound traffic', () => {
    const { group, VpcId } = newWeb();
    expect(group()).toMatchObject({
      GroupName: 'web',
      VpcId,
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
  });

  it.each<[object, string, string]>([
    [{ GroupName: 'web' }, 'InvalidGroup.Duplicate', 'the name is in use in this VPC'],
    [{ GroupName: 'default' }, 'InvalidParameterValue', 'the name is reserved'],
    [{ GroupName: 'sg-web' }, 'InvalidParameterValue', 'it looks like an id'],
    [{ GroupName: 'wéb' }, 'InvalidParameterValue', 'not ASCII'],
    [{ GroupName: 'w'.repeat(256) }, 'InvalidParameterValue', 'too long'],
    [{ Description: 'a|b' }, 'InvalidParameterValue', 'an invalid character in a description'],
    [{ VpcId: 'vpc-00000000000000000' }, 'InvalidVpcID.NotFound', 'no such VPC'],
    [
      { TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'a', Value: 'b' }] }] },
      'InvalidParameterValue',
      'tags of another type',
    ],
  ])('refuses %j with %s: %s', (more, code) => {
    const { ec2, VpcId } = newWeb();
    const input = { GroupName: 'other', Description: 'other', VpcId, ...more };
    expect(() => ec2('CreateSecurityGroup', input)).toThrow(refusal(code));
  });

  it('accepts the same name in another VPC, and uses the default VPC if none is named', () => {
    const { ec2 } = newWeb();
    const { GroupId } = ec2('CreateSecurityGroup', { GroupName: 'web', Description: 'web' });
    const [vpc] = ec2('DescribeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] }).Vpcs;
    expect(ec2('DescribeSecurityGroups', { GroupNames: ['web'] }).SecurityGroups).toMatchObject([
      { GroupId, VpcId: vpc.VpcId },
    ]);
  });

  it('stops at the quota', () => {
    const { ec2, VpcId } = newWeb({ quotas: { 'security-groups': 3 } });
    expect(() => newGroup(ec2, VpcId, 'more')).toThrow(refusal('SecurityGroupLimitExceeded'));
  });
});

describe('AuthorizeSecurityGroupIngress', () => {
  it('creates one rule for each source, and shows them grouped', () => {
    const { ec2, allow, group, GroupId } = newWeb();
    const added = allow(
      { ...tcp(80, '10.1.2.3/16'), Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'six' }] },
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] },
    );
    expect(added.SecurityGroupRules).toMatchObject([
      { CidrIpv4: '10.1.0.0/16', FromPort: 80, ToPort: 80, IpProtocol: 'tcp', IsEgress: false, GroupId },
      { CidrIpv6: '2001:db8::/32', Description: 'six' },
      { IpProtocol: '-1', FromPort: -1, ToPort: -1, ReferencedGroupInfo: { GroupId, UserId: '111122223333' } },
    ]);
    expect(group().IpPermissions).toMatchObject([
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        IpRanges: [{ CidrIp: '10.1.0.0/16' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      },
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId, UserId: '111122223333' }] },
    ]);
    const Filters = [{ Name: 'group-id', Values: [GroupId] }];
    expect(ec2('DescribeSecurityGroupRules', { Filters }).SecurityGroupRules).toHaveLength(4);
  });

  it.each([
    ['6', 'tcp', 80],
    ['17', 'udp', 80],
    ['TCP', 'tcp', 80],
    ['58', 'icmpv6', 80],
    ['50', '50', -1],
    ['all', '-1', -1],
  ])('calls protocol %s %s', (IpProtocol, expected, FromPort) => {
    const rule = newWeb().allow({ ...tcp(80, '10.0.0.0/8'), IpProtocol });
    expect(rule.SecurityGroupRules).toMatchObject([{ IpProtocol: expected, FromPort }]);
  });

  it.each<[object, string, string]>([
    [{ IpProtocol: 'ipx' }, 'InvalidParameterValue', 'no such protocol'],
    [{ IpProtocol: '256' }, 'InvalidParameterValue', 'no such protocol number'],
    [{ FromPort: undefined }, 'InvalidParameterValue', 'a port range with one end'],
    [{ FromPort: 90 }, 'InvalidParameterValue', 'a reversed port range'],
    [{ ToPort: 65_536 }, 'InvalidParameterValue', 'no such port'],
    [{ IpProtocol: 'icmp', ToPort: undefined }, 'InvalidParameterValue', 'a type without a code'],
    [{ IpRanges: [{ CidrIp: '10.0.0.0' }] }, 'InvalidParameterValue', 'not a block'],
    [{ IpRanges: [{ CidrIp: '::/0' }] }, 'InvalidParameterValue', 'a block of the other family'],
    [{ IpRanges: [] }, 'MissingParameter', 'no source'],
    [
      { IpRanges: [], PrefixListIds: [{ PrefixListId: 'pl-00000000' }] },
      'InvalidPrefixListID.NotFound',
      'no such list',
    ],
    [
      { IpRanges: [], UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000' }] },
      'InvalidGroup.NotFound',
      'no such group',
    ],
    [{ IpRanges: [], UserIdGroupPairs: [{ GroupId: 'web' }] }, 'InvalidGroupId.Malformed', 'a name, not an ID'],
    [
      { IpRanges: [], UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000', UserId: '444455556666' }] },
      'InvalidGroup.NotFound',
      'no connection to that account',
    ],
    [
      { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'ä' }] },
      'InvalidParameterValue',
      'an invalid character in a description',
    ],
    [
      { IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '10.1.0.0/8' }] },
      'InvalidParameterValue',
      'the same block twice',
    ],
  ])('refuses %j with %s: %s', (more, code) => {
    const { allow, group } = newWeb();
    expect(() => allow({ ...tcp(80, '10.0.0.0/8'), ...more })).toThrow(refusal(code));
    expect(group().IpPermissions).toEqual([]);
  });

  it('refuses a rule that exists with a message that names it, and adds none of the request', () => {
    const { allow, group } = newWeb();
    allow(tcp(80, '0.0.0.0/0'));
    const words = '^the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists$';
    expect(() => allow(tcp(443, '0.0.0.0/0'), tcp(80, '0.0.0.0/0'))).toThrow(
      refusal('InvalidPermission.Duplicate', words),
    );
    expect(group().IpPermissions).toHaveLength(1);
  });

  it('refuses a group of another VPC', () => {
    const { ec2, allow } = newWeb();
    const other = newGroup(ec2, newVpc(ec2, '10.9.0.0/16'), 'other');
    const pair = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: other }] };
    expect(() => allow(pair)).toThrow(refusal('InvalidGroup.NotFound', 'different networks'));
  });

  it('accepts a single permission as separate members', () => {
    const { ec2, GroupId, group } = newWeb();
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIp: '10.0.0.0/8',
    });
    expect(group().IpPermissions).toMatchObject([{ FromPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]);
  });

  it('counts 60 rules per direction, IPv4 and IPv6 separately', () => {
    const { ec2, GroupId, allow } = newWeb();
    const ranges = Array.from({ length: 60 }, (_, n) => ({ CidrIp: `10.${n}.0.0/16` }));
    const sixes = Array.from({ length: 60 }, (_, n) => ({ CidrIpv6: `2001:db8:${n}::/48` }));
    allow({ ...tcp(80, ''), IpRanges: ranges, Ipv6Ranges: sixes });
    expect(() => allow(tcp(81, '10.0.0.0/8'))).toThrow(refusal('RulesPerSecurityGroupLimitExceeded'));
    const own = { IpProtocol: 'tcp', FromPort: 81, ToPort: 81, UserIdGroupPairs: [{ GroupId }] };
    expect(() => allow(own)).toThrow(refusal('RulesPerSecurityGroupLimitExceeded'));
    ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: [tcp(81, '10.0.0.0/8')] });
  });

  it('counts a prefix list by its size', () => {
    const { ec2, allow } = newWeb();
    const list = { PrefixListName: 'partners', AddressFamily: 'IPv4', MaxEntries: 60 };
    const { PrefixListId } = ec2('CreateManagedPrefixList', list).PrefixList;
    const permission = { ...tcp(80, ''), IpRanges: [], PrefixListIds: [{ PrefixListId }] };
    allow({ ...tcp(80, ''), IpRanges: [], Ipv6Ranges: [{ CidrIpv6: '::/0' }] });
    expect(allow(permission).SecurityGroupRules).toMatchObject([{ PrefixListId }]);
    expect(() => allow(tcp(81, '10.0.0.0/8'))).toThrow(refusal('RulesPerSecurityGroupLimitExceeded'));
  });
});

describe('RevokeSecurityGroup…', () => {
  it('deletes rules by what they allow, or by ID', () => {
    const { ec2, GroupId, allow, group } = newWeb();
    allow(tcp(80, '10.0.0.0/8'), tcp(81, '10.0.0.0/8'));
    const { SecurityGroupRules } = allow(tcp(82, '10.0.0.0/8'));
    ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions: [tcp(80, '10.0.0.0/8')] });
    const ids = SecurityGroupRules.map((rule: any) => rule.SecurityGroupRuleId);
    const answer = ec2('RevokeSecurityGroupIngress', { GroupId, SecurityGroupRuleIds: ids });
    expect(answer.RevokedSecurityGroupRules).toMatchObject([{ SecurityGroupRuleId: ids[0], FromPort: 82 }]);
    expect(group().IpPermissions).toMatchObject([{ FromPort: 81 }]);
    const egress = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions: [egress] });
    expect(group().IpPermissionsEgress).toEqual([]);
  });

  it('refuses rules that the group does not have', () => {
    const { ec2, GroupId, allow, group } = newWeb();
    const [rule] = allow(tcp(80, '10.0.0.0/8')).SecurityGroupRules;
    const revoke = (...IpPermissions: object[]) => ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions });
    expect(() => revoke(tcp(80, '10.0.0.0/8'), tcp(81, '10.0.0.0/8'))).toThrow(refusal('InvalidPermission.NotFound'));
    const asEgress = { GroupId, SecurityGroupRuleIds: [rule.SecurityGroupRuleId] };
    expect(() => ec2('RevokeSecurityGroupEgress', asEgress)).toThrow(refusal('InvalidSecurityGroupRuleId.NotFound'));
    expect(group().IpPermissions).toHaveLength(1);
  });

  it('lists such rules as unknown in the default VPC', () => {
    const { ec2 } = newAccount();
    const [{ GroupId }] = ec2('DescribeSecurityGroups').SecurityGroups;
    const answer = ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions: [tcp(80, '10.0.0.0/8')] });
    expect(answer.UnknownIpPermissions).toMatchObject([{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]);
  });
});

describe('ModifySecurityGroupRules', () => {
  it('gives a rule new contents and keeps its ID', () => {
    const { ec2, GroupId, allow, group } = newWeb();
    const [{ SecurityGroupRuleId }] = allow(tcp(80, '10.0.0.0/8')).SecurityGroupRules;
    const SecurityGroupRule = {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIpv4: '10.1.0.0/16',
      Description: 'new',
    };
    ec2('ModifySecurityGroupRules', { GroupId, SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }] });
    const rules = ec2('DescribeSecurityGroupRules', { SecurityGroupRuleIds: [SecurityGroupRuleId] });
    expect(rules.SecurityGroupRules).toMatchObject([{ ...SecurityGroupRule, SecurityGroupRuleId }]);
    expect(group().IpPermissions).toMatchObject([{ FromPort: 443, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }]);
  });

  it('refuses to create a duplicate rule', () => {
    const { ec2, GroupId, allow } = newWeb();
    const rules = allow(tcp(80, '10.0.0.0/8'), tcp(81, '10.0.0.0/8')).SecurityGroupRules;
    const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 81, ToPort: 81, CidrIpv4: '10.0.0.0/8' };
    const update = { SecurityGroupRuleId: rules[0].SecurityGroupRuleId, SecurityGroupRule };
    const modify = () => ec2('ModifySecurityGroupRules', { GroupId, SecurityGroupRules: [update] });
    expect(modify).toThrow(refusal('InvalidPermission.Duplicate'));
  });
});

describe('UpdateSecurityGroupRuleDescriptions…', () => {
  it('changes descriptions, by contents or by ID', () => {
    const { ec2, GroupId, allow, group } = newWeb();
    const [{ SecurityGroupRuleId }] = allow(tcp(80, '10.0.0.0/8')).SecurityGroupRules;
    const named = { ...tcp(80, ''), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'one' }] };
    ec2('UpdateSecurityGroupRuleDescriptionsIngress', { GroupId, IpPermissions: [named] });
    expect(group().IpPermissions[0].IpRanges).toEqual([{ CidrIp: '10.0.0.0/8', Description: 'one' }]);
    const SecurityGroupRuleDescriptions = [{ SecurityGroupRuleId, Description: 'two' }];
    ec2('UpdateSecurityGroupRuleDescriptionsIngress', { GroupId, SecurityGroupRuleDescriptions });
    expect(group().IpPermissions[0].IpRanges).toEqual([{ CidrIp: '10.0.0.0/8', Description: 'two' }]);
    const unknown = { GroupId, IpPermissions: [tcp(81, '10.0.0.0/8')] };
    expect(() => ec2('UpdateSecurityGroupRuleDescriptionsEgress', unknown)).toThrow(
      refusal('InvalidPermission.NotFound'),
    );
  });
});

describe('DeleteSecurityGroup', () => {
  it('is refused for a default group', () => {
    const { ec2 } = newAccount();
    const [{ GroupId }] = ec2('DescribeSecurityGroups').SecurityGroups;
    expect(() => ec2('DeleteSecurityGroup', { GroupId })).toThrow(refusal('CannotDelete'));
  });

  it('is refused while an interface has the group', () => {
    const { ec2, VpcId, GroupId } = newWeb();
    const { NetworkInterfaceId } = newInterface(ec2, newSubnet(ec2, VpcId, '10.0.0.0/24'), { Groups: [GroupId] });
    const remove = () => ec2('DeleteSecurityGroup', { GroupId });
    expect(remove).toThrow(refusal('DependencyViolation', `^resource ${GroupId} has a dependent object$`));
    ec2('DeleteNetworkInterface', { NetworkInterfaceId });
    expect(remove()).toEqual({ Return: true, GroupId });
  });

  it('is refused while another group refers to it; a reference to itself does not count', () => {
    const { ec2, VpcId, GroupId, allow } = newWeb();
    allow({ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] });
    const other = newGroup(ec2, VpcId, 'other');
    const pair = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
    ec2('AuthorizeSecurityGroupIngress', { GroupId: other, IpPermissions: pair });
    expect(() => ec2('DeleteSecurityGroup', { GroupId })).toThrow(refusal('DependencyViolation'));
    ec2('DeleteSecurityGroup', { GroupId: other });
    ec2('DeleteSecurityGroup', { GroupId });
    expect(() => ec2('DeleteSecurityGroup', { GroupId })).toThrow(refusal('InvalidGroup.NotFound'));
  });
});
