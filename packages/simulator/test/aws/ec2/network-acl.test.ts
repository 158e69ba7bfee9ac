import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, newVpc, refusal } from './account.js';

const newAcl = (options: Parameters<typeof newAccount>[0] = {}) => {
  const account = newAccount(options);
  const { ec2 } = account;
  const VpcId = newVpc(ec2);
  const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId }).NetworkAcl;
  const entries = () =>
    ec2('DescribeNetworkAcls', { NetworkAclIds: [NetworkAclId] }).NetworkAcls[0].Entries.filter(
      (row: any) => row.RuleNumber < 32_767,
    );
  const entry = (more: object = {}) => ec2('CreateNetworkAclEntry', { NetworkAclId, ...HTTPS, ...more });
  return { ...account, VpcId, NetworkAclId, entries, entry };
};
const HTTPS = {
  RuleNumber: 100,
  Protocol: '6',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '10.0.0.0/16',
  PortRange: { From: 443, To: 443 },
};

it('CreateNetworkAclEntry: stops at twenty entries per direction and family, including the last rule', () => {
  const { entry } = newAcl();
  for (let n = 1; n < 20; n += 1) entry({ RuleNumber: n });
  expect(() => entry({ RuleNumber: 20 })).toThrow(refusal('NetworkAclEntryLimitExceeded'));
  entry({ RuleNumber: 20, Egress: true });
  entry({ RuleNumber: 20, CidrBlock: undefined, Ipv6CidrBlock: '::/0' });
});

answers('CreateNetworkAclEntry', newAcl)`
  adds {}
    entry
    entries -> [{Protocol: '6', PortRange: {From: 443, To: 443}, CidrBlock: 10.0.0.0/16}]
  adds {"Protocol":"udp"}
    entry {Protocol: udp}
    entries -> [{Protocol: '17', PortRange: {From: 443, To: 443}}]
  adds {"Protocol":"-1","PortRange":{"From":0,"To":0}}
    entry {Protocol: '-1', PortRange: {From: 0, To: 0}}
    entries -> [{Protocol: '-1', PortRange: absent}]
  adds {"Protocol":"1","IcmpTypeCode":{"Type":"-1","Code":"-1"}}
    entry {Protocol: '1', IcmpTypeCode: {Type: -1, Code: -1}}
    entries -> [{Protocol: '1', IcmpTypeCode: {Type: -1, Code: -1}}]
  adds {"Ipv6CidrBlock":"::/0"}
    entry {CidrBlock: absent, Ipv6CidrBlock: ::/0}
    entries -> [{Ipv6CidrBlock: ::/0, CidrBlock: absent}]
  adds {"CidrBlock":"10.0.9.9/16"}
    entry {CidrBlock: 10.0.9.9/16}
    entries -> [{CidrBlock: 10.0.0.0/16}]
  adds {"RuleNumber":32766}
    entry {RuleNumber: 32766}
    entries -> [{RuleNumber: 32766}]
  refuses wrong input
    entry {RuleNumber: 50}
    entry {RuleNumber: 0} !InvalidParameterValue # below 1
    entry {RuleNumber: 32767} !InvalidParameterValue # the list's last rule
    entry {RuleNumber: 50} !NetworkAclEntryAlreadyExists # in use in this direction
    entry {Protocol: ipx} !InvalidParameterValue # no such protocol
    entry {RuleAction: drop} !InvalidParameterValue # no such action
    entry {PortRange: absent} !MissingParameter # tcp without ports
    entry {PortRange: {From: 10, To: 9}} !InvalidParameterValue # a reversed range
    entry {Protocol: '1'} !MissingParameter # icmp without type
    entry {CidrBlock: absent} !MissingParameter # no block
    entry {Ipv6CidrBlock: ::/0} !InvalidParameterCombination # blocks of both families
    entry {CidrBlock: 10.0.0.0} !InvalidParameterValue # not a block
    entry {NetworkAclId: acl-00000000000000000} !InvalidNetworkAclID.NotFound # no such list
    entries -> {length: 1}
  accepts a number twice, once for each direction
    entry
    entry {Egress: true}
    entries -> {Egress: [true, false]}
`;

answers('ReplaceNetworkAclEntry and DeleteNetworkAclEntry', newAcl)`
  change a rule, and remove it
    entry
    ReplaceNetworkAclEntry ${{ NetworkAclId: '$NetworkAclId', ...HTTPS, RuleAction: 'deny' }}
    entries -> [{RuleNumber: 100, RuleAction: deny}]
    DeleteNetworkAclEntry {NetworkAclId: $NetworkAclId, RuleNumber: 100, Egress: false}
    DeleteNetworkAclEntry {NetworkAclId: $NetworkAclId, RuleNumber: 100, Egress: false} !InvalidNetworkAclEntry.NotFound
    ReplaceNetworkAclEntry ${{ NetworkAclId: '$NetworkAclId', ...HTTPS }} !InvalidNetworkAclEntry.NotFound
`;

it('network ACLs: are created once for a token, and stop at the quota', () => {
  const { ec2 } = newAccount({ quotas: { 'network-acls-per-vpc': 2 } });
  const VpcId = newVpc(ec2);
  const create = (ClientToken?: string) => ec2('CreateNetworkAcl', { VpcId, ClientToken }).NetworkAcl.NetworkAclId;
  expect(create('once')).toBe(create('once'));
  expect(() => create()).toThrow(refusal('NetworkAclLimitExceeded'));
});

answers('network ACLs', newAcl)`
  apply to subnets, one ACL each, and are held by them
    SubnetId = newSubnet [$VpcId, 10.0.0.0/24]
    old = DescribeNetworkAcls {Filters: [{Name: association.subnet-id, Values: [$SubnetId]}]}
    ReplaceNetworkAclAssociation {AssociationId: $old.NetworkAcls.0.Associations.0.NetworkAclAssociationId,
      NetworkAclId: $NetworkAclId}
    DescribeNetworkAcls {Filters: [{Name: association.subnet-id, Values: [$SubnetId]}]}
      -> {NetworkAcls: [{NetworkAclId: $NetworkAclId, IsDefault: false}]}
    DeleteNetworkAcl {NetworkAclId: $NetworkAclId} !DependencyViolation
    ReplaceNetworkAclAssociation {AssociationId: $old.NetworkAcls.0.Associations.0.NetworkAclAssociationId,
      NetworkAclId: $NetworkAclId} !InvalidAssociationID.NotFound
    ReplaceNetworkAclAssociation {AssociationId: $NewAssociationId, NetworkAclId: $old.NetworkAcls.0.NetworkAclId}
    DeleteNetworkAcl {NetworkAclId: $NetworkAclId}
    DeleteNetworkAcl {NetworkAclId: $old.NetworkAcls.0.NetworkAclId}
      !InvalidParameterValue: cannot delete default network ACL $old.NetworkAcls.0.NetworkAclId
  are limited to their VPC
    vpc = newVpc 10.9.0.0/16
    SubnetId = newSubnet [$vpc, 10.9.0.0/24]
    DescribeNetworkAcls {Filters: [{Name: association.subnet-id, Values: [$SubnetId]}]}
    ReplaceNetworkAclAssociation {AssociationId: $NetworkAclAssociationId, NetworkAclId: $NetworkAclId}
      !InvalidParameterValue /different networks/
`;
