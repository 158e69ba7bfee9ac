import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newGroup, newVpc, tcp } from './account.js';

const newWeb = (options: Parameters<typeof newAccount>[0] = {}) => {
  const account = newAccount(options);
  const { ec2 } = account;
  const VpcId = newVpc(ec2);
  const GroupId = newGroup(ec2, VpcId, 'web');
  const allow = (...IpPermissions: object[]) => ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const group = () => ec2('DescribeSecurityGroups', { GroupIds: [GroupId] }).SecurityGroups[0];
  return { ...account, VpcId, GroupId, allow, group };
};

const sixty = (range: (n: number) => object) => Array.from({ length: 60 }, (_, n) => range(n));

answers('CreateSecurityGroup', newWeb)`
  allows all outbound traffic and no inbound traffic
    group
      -> {GroupName: web, VpcId: $VpcId, IpPermissions: [], IpPermissionsEgress: [{IpProtocol: '-1',
      IpRanges: [{CidrIp: 0.0.0.0/0}]}]}
  refuses wrong input
    # the name is in use in this VPC
    CreateSecurityGroup {Description: other, VpcId: $VpcId, GroupName: web} !InvalidGroup.Duplicate
    # the name is reserved
    CreateSecurityGroup {Description: other, VpcId: $VpcId, GroupName: default} !InvalidParameterValue
    # it looks like an id
    CreateSecurityGroup {Description: other, VpcId: $VpcId, GroupName: sg-web} !InvalidParameterValue
    CreateSecurityGroup {Description: other, VpcId: $VpcId, GroupName: wéb} !InvalidParameterValue # not ASCII
    # too long
    CreateSecurityGroup {Description: other, VpcId: $VpcId, GroupName: ${'w'.repeat(256)}} !InvalidParameterValue
    # an invalid character in a description
    CreateSecurityGroup {GroupName: other, VpcId: $VpcId, Description: a|b} !InvalidParameterValue
    # no such VPC
    CreateSecurityGroup {GroupName: other, Description: other, VpcId: vpc-00000000000000000} !InvalidVpcID.NotFound
    # tags of another type
    CreateSecurityGroup {GroupName: other, Description: other, VpcId: $VpcId, TagSpecifications: [{ResourceType: vpc,
      Tags: [{Key: a, Value: b}]}]} !InvalidParameterValue
  accepts the same name in another VPC, and uses the default VPC if none is named
    securityGroup = CreateSecurityGroup {GroupName: web, Description: web}
    vpcs = DescribeVpcs {Filters: [{Name: is-default, Values: ['true']}]}
    DescribeSecurityGroups {GroupNames: [web]}
      -> {SecurityGroups: [{GroupId: $securityGroup.GroupId, VpcId: $vpcs.Vpcs.0.VpcId}]}
`;

answers('CreateSecurityGroup', () => newWeb({ quotas: { 'security-groups': 3 } }))`
  stops at the quota
    newGroup [$VpcId, more] !SecurityGroupLimitExceeded
`;

it.each([
  ['6', 'tcp', 80],
  ['17', 'udp', 80],
  ['TCP', 'tcp', 80],
  ['58', 'icmpv6', 80],
  ['50', '50', -1],
  ['all', '-1', -1],
])('AuthorizeSecurityGroupIngress: calls protocol %s %s', (IpProtocol, expected, FromPort) => {
  const rule = newWeb().allow({ ...tcp(80, '10.0.0.0/8'), IpProtocol });
  expect(rule.SecurityGroupRules).toMatchObject([{ IpProtocol: expected, FromPort }]);
});

answers('AuthorizeSecurityGroupIngress', newWeb)`
  creates one rule for each source, and shows them grouped
    allow [${{ ...tcp(80, '10.1.2.3/16'), Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'six' }] }},
      {IpProtocol: '-1', UserIdGroupPairs: [{GroupId: $GroupId}]}]
      -> {SecurityGroupRules: [{CidrIpv4: 10.1.0.0/16, FromPort: 80, ToPort: 80, IpProtocol: tcp, IsEgress: false,
      GroupId: $GroupId}, {CidrIpv6: 2001:db8::/32, Description: six}, {IpProtocol: '-1', FromPort: -1, ToPort: -1,
      ReferencedGroupInfo: {GroupId: $GroupId, UserId: '111122223333'}}]}
    group
      -> {IpPermissions: [{IpProtocol: tcp, FromPort: 80, IpRanges: [{CidrIp: 10.1.0.0/16}],
      Ipv6Ranges: [{CidrIpv6: 2001:db8::/32}]}, {IpProtocol: '-1', UserIdGroupPairs: [{GroupId: $GroupId,
      UserId: '111122223333'}]}]}
    DescribeSecurityGroupRules {Filters: [{Name: group-id, Values: [$GroupId]}]} -> {SecurityGroupRules.length: 4}
  refuses wrong input
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpProtocol: 'ipx'} !InvalidParameterValue # no such protocol
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpProtocol: '256'} !InvalidParameterValue # no such protocol number
    allow {<<: ${tcp(80, '10.0.0.0/8')}, FromPort: absent} !InvalidParameterValue # a port range with one end
    allow {<<: ${tcp(80, '10.0.0.0/8')}, FromPort: 90} !InvalidParameterValue # a reversed port range
    allow {<<: ${tcp(80, '10.0.0.0/8')}, ToPort: 65536} !InvalidParameterValue # no such port
    # a type without a code
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpProtocol: 'icmp', ToPort: absent} !InvalidParameterValue
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [{CidrIp: '10.0.0.0'}]} !InvalidParameterValue # not a block
    # a block of the other family
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [{CidrIp: '::/0'}]} !InvalidParameterValue
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: []} !MissingParameter # no source
    # no such list
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [], PrefixListIds: [{PrefixListId: 'pl-00000000'}]}
      !InvalidPrefixListID.NotFound
    # no such group
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [], UserIdGroupPairs: [{GroupId: 'sg-00000000000000000'}]}
      !InvalidGroup.NotFound
    # a name, not an ID
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [], UserIdGroupPairs: [{GroupId: 'web'}]}
      !InvalidGroupId.Malformed
    # no connection to that account
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [],
      UserIdGroupPairs: [{GroupId: sg-00000000000000000, UserId: '444455556666'}]} !InvalidGroup.NotFound
    # an invalid character in a description
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [{CidrIp: '10.0.0.0/8', Description: 'ä'}]} !InvalidParameterValue
    # the same block twice
    allow {<<: ${tcp(80, '10.0.0.0/8')}, IpRanges: [{CidrIp: '10.0.0.0/8'}, {CidrIp: '10.1.0.0/8'}]}
      !InvalidParameterValue
    group -> {IpPermissions: []}
  refuses a rule that exists with a message that names it, and adds none of the request
    allow ${tcp(80, '0.0.0.0/0')}
    allow [${tcp(443, '0.0.0.0/0')}, ${tcp(80, '0.0.0.0/0')}]
      !InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already
      exists
    group -> {IpPermissions.length: 1}
  refuses a group of another VPC
    vpc = newVpc 10.9.0.0/16
    other = newGroup [$vpc, other]
    allow {IpProtocol: '-1', UserIdGroupPairs: [{GroupId: $other}]} !InvalidGroup.NotFound /different networks/
  accepts a single permission as separate members
    AuthorizeSecurityGroupIngress {GroupId: $GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}
    group -> {IpPermissions: [{FromPort: 22, IpRanges: [{CidrIp: 10.0.0.0/8}]}]}
  counts 60 rules per direction, IPv4 and IPv6 separately
    allow {<<: ${tcp(80, '')}, IpRanges: ${sixty((n) => ({ CidrIp: `10.${n}.0.0/16` }))},
      Ipv6Ranges: ${sixty((n) => ({ CidrIpv6: `2001:db8:${n}::/48` }))}}
    allow ${tcp(81, '10.0.0.0/8')} !RulesPerSecurityGroupLimitExceeded
    allow {IpProtocol: tcp, FromPort: 81, ToPort: 81, UserIdGroupPairs: [{GroupId: $GroupId}]}
      !RulesPerSecurityGroupLimitExceeded
    AuthorizeSecurityGroupEgress {GroupId: $GroupId, IpPermissions: [${tcp(81, '10.0.0.0/8')}]}
  counts a prefix list by its size
    CreateManagedPrefixList {PrefixListName: partners, AddressFamily: IPv4, MaxEntries: 60}
    allow {<<: ${tcp(80, '')}, IpRanges: [], Ipv6Ranges: [{CidrIpv6: '::/0'}]}
    allow {<<: ${tcp(80, '')}, IpRanges: [], PrefixListIds: [{PrefixListId: '$PrefixListId'}]}
      -> {SecurityGroupRules: [{PrefixListId: $PrefixListId}]}
    allow ${tcp(81, '10.0.0.0/8')} !RulesPerSecurityGroupLimitExceeded
`;

answers('RevokeSecurityGroup…', newWeb)`
  deletes rules by what they allow, or by ID
    allow [${tcp(80, '10.0.0.0/8')}, ${tcp(81, '10.0.0.0/8')}]
    allow2 = allow ${tcp(82, '10.0.0.0/8')}
    RevokeSecurityGroupIngress {GroupId: $GroupId, IpPermissions: [${tcp(80, '10.0.0.0/8')}]}
    RevokeSecurityGroupIngress {GroupId: $GroupId, SecurityGroupRuleIds: $allow2.SecurityGroupRules.SecurityGroupRuleId}
      -> {RevokedSecurityGroupRules: [{SecurityGroupRuleId: $allow2.SecurityGroupRules.0.SecurityGroupRuleId,
      FromPort: 82}]}
    group -> {IpPermissions: [{FromPort: 81}]}
    RevokeSecurityGroupEgress {GroupId: $GroupId, IpPermissions: [{IpProtocol: '-1', IpRanges: [{CidrIp: 0.0.0.0/0}]}]}
    group -> {IpPermissionsEgress: []}
  refuses rules that the group does not have
    allow ${tcp(80, '10.0.0.0/8')}
    RevokeSecurityGroupIngress {GroupId: $GroupId, IpPermissions: [${tcp(80, '10.0.0.0/8')}, ${tcp(81, '10.0.0.0/8')}]}
      !InvalidPermission.NotFound
    RevokeSecurityGroupEgress {GroupId: $GroupId, SecurityGroupRuleIds: [$SecurityGroupRuleId]}
      !InvalidSecurityGroupRuleId.NotFound
    group -> {IpPermissions.length: 1}
`;

answers('RevokeSecurityGroup…', newAccount)`
  lists such rules as unknown in the default VPC
    DescribeSecurityGroups
    RevokeSecurityGroupIngress {GroupId: $GroupId, IpPermissions: [${tcp(80, '10.0.0.0/8')}]}
      -> {UnknownIpPermissions: [{IpProtocol: tcp, IpRanges: [{CidrIp: 10.0.0.0/8}]}]}
`;

answers('ModifySecurityGroupRules', newWeb)`
  gives a rule new contents and keeps its ID
    allow ${tcp(80, '10.0.0.0/8')}
    ModifySecurityGroupRules {GroupId: $GroupId, SecurityGroupRules: [{SecurityGroupRuleId: $SecurityGroupRuleId,
      SecurityGroupRule: {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv4: 10.1.0.0/16, Description: new}}]}
    DescribeSecurityGroupRules {SecurityGroupRuleIds: [$SecurityGroupRuleId]}
      -> {SecurityGroupRules: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv4: 10.1.0.0/16, Description: new,
      SecurityGroupRuleId: $SecurityGroupRuleId}]}
    group -> {IpPermissions: [{FromPort: 443, IpRanges: [{CidrIp: 10.1.0.0/16}]}]}
  refuses to create a duplicate rule
    allow [${tcp(80, '10.0.0.0/8')}, ${tcp(81, '10.0.0.0/8')}]
    ModifySecurityGroupRules {GroupId: $GroupId, SecurityGroupRules: [{SecurityGroupRuleId: $SecurityGroupRuleId,
      SecurityGroupRule: {IpProtocol: tcp, FromPort: 81, ToPort: 81, CidrIpv4: 10.0.0.0/8}}]}
      !InvalidPermission.Duplicate
`;

answers('UpdateSecurityGroupRuleDescriptions…', newWeb)`
  changes descriptions, by contents or by ID
    allow ${tcp(80, '10.0.0.0/8')}
    UpdateSecurityGroupRuleDescriptionsIngress {GroupId: $GroupId,
      IpPermissions: [${{ ...tcp(80, ''), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'one' }] }}]}
    group -> {IpPermissions.0.IpRanges=: [{CidrIp: 10.0.0.0/8, Description: one}]}
    UpdateSecurityGroupRuleDescriptionsIngress {GroupId: $GroupId,
      SecurityGroupRuleDescriptions: [{SecurityGroupRuleId: $SecurityGroupRuleId, Description: two}]}
    group -> {IpPermissions.0.IpRanges=: [{CidrIp: 10.0.0.0/8, Description: two}]}
    UpdateSecurityGroupRuleDescriptionsEgress {GroupId: $GroupId, IpPermissions: [${tcp(81, '10.0.0.0/8')}]}
      !InvalidPermission.NotFound
`;

answers('DeleteSecurityGroup', newAccount)`
  is refused for a default group
    DescribeSecurityGroups
    DeleteSecurityGroup {GroupId: $GroupId} !CannotDelete
`;

answers('DeleteSecurityGroup', newWeb)`
  is refused while an interface has the group
    subnet = newSubnet [$VpcId, 10.0.0.0/24]
    newInterface [$subnet, {Groups: [$GroupId]}]
    DeleteSecurityGroup {GroupId: $GroupId} !DependencyViolation: resource $GroupId has a dependent object
    DeleteNetworkInterface {NetworkInterfaceId: $NetworkInterfaceId}
    DeleteSecurityGroup {GroupId: $GroupId} == {Return: true, GroupId: $GroupId}
  is refused while another group refers to it; a reference to itself does not count
    allow {IpProtocol: '-1', UserIdGroupPairs: [{GroupId: $GroupId}]}
    other = newGroup [$VpcId, other]
    AuthorizeSecurityGroupIngress {GroupId: $other, IpPermissions: [{IpProtocol: '-1',
      UserIdGroupPairs: [{GroupId: $GroupId}]}]}
    DeleteSecurityGroup {GroupId: $GroupId} !DependencyViolation
    DeleteSecurityGroup {GroupId: $other}
    DeleteSecurityGroup {GroupId: $GroupId}
    DeleteSecurityGroup {GroupId: $GroupId} !InvalidGroup.NotFound
`;
