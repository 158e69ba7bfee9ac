import { describe, expect, it } from 'vitest';
import { newAccount, newSubnet, newVpc, refusal } from './account.js';

const newAcl = (options: Parameters<typeof newAccount>[0] = {}) => {
  const { ec2 } = newAccount(options);
  const VpcId = newVpc(ec2);
  const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId }).NetworkAcl;
  const entries = () =>
    ec2('DescribeNetworkAcls', { NetworkAclIds: [NetworkAclId] }).NetworkAcls[0].Entries.filter(
      (row: any) => row.RuleNumber < 32_767,
    );
  const entry = (more: object = {}) => ec2('CreateNetworkAclEntry', { NetworkAclId, ...HTTPS, ...more });
  return { ec2, VpcId, NetworkAclId, entries, entry };
};
const HTTPS = {
  RuleNumber: 100,
  Protocol: '6',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '10.0.0.0/16',
  PortRange: { From: 443, To: 443 },
};

describe('CreateNetworkAclEntry', () => {
  it.each([
    [{}, { Protocol: '6', PortRange: { From: 443, To: 443 }, CidrBlock: '10.0.0.0/16' }],
    [{ Protocol: 'udp' }, { Protocol: '17', PortRange: { From: 443, To: 443 } }],
    [
      { Protocol: '-1', PortRange: { From: 0, To: 0 } },
      { Protocol: '-1', PortRange: undefined },
    ],
    [
      { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } },
      { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } },
    ],
    [
      { CidrBlock: undefined, Ipv6CidrBlock: '::/0' },
      { Ipv6CidrBlock: '::/0', CidrBlock: undefined },
    ],
    [{ CidrBlock: '10.0.9.9/16' }, { CidrBlock: '10.0.0.0/16' }],
    [{ RuleNumber: 32_766 }, { RuleNumber: 32_766 }],
  ])('adds %j', (more, expected) => {
    const { entry, entries } = newAcl();
    entry(more);
    expect(entries()).toMatchObject([expected]);
  });

  it.each<[object, string, string]>([
    [{ RuleNumber: 0 }, 'InvalidParameterValue', 'below 1'],
    [{ RuleNumber: 32_767 }, 'InvalidParameterValue', "the list's last rule"],
    [{ RuleNumber: 50 }, 'NetworkAclEntryAlreadyExists', 'in use in this direction'],
    [{ Protocol: 'ipx' }, 'InvalidParameterValue', 'no such protocol'],
    [{ RuleAction: 'drop' }, 'InvalidParameterValue', 'no such action'],
    [{ PortRange: undefined }, 'MissingParameter', 'tcp without ports'],
    [{ PortRange: { From: 10, To: 9 } }, 'InvalidParameterValue', 'a reversed range'],
    [{ Protocol: '1' }, 'MissingParameter', 'icmp without type'],
    [{ CidrBlock: undefined }, 'MissingParameter', 'no block'],
    [{ Ipv6CidrBlock: '::/0' }, 'InvalidParameterCombination', 'blocks of both families'],
    [{ CidrBlock: '10.0.0.0' }, 'InvalidParameterValue', 'not a block'],
    [{ NetworkAclId: 'acl-00000000000000000' }, 'InvalidNetworkAclID.NotFound', 'no such list'],
  ])('refuses %j with %s: %s', (more, code) => {
    const { entry, entries } = newAcl();
    entry({ RuleNumber: 50 });
    expect(() => entry(more)).toThrow(refusal(code));
    expect(entries()).toHaveLength(1);
  });

  it('accepts a number twice, once for each direction', () => {
    const { entry, entries } = newAcl();
    entry();
    entry({ Egress: true });
    expect(entries().map((row: any) => row.Egress)).toEqual([true, false]);
  });

  it('stops at twenty entries per direction and family, including the last rule', () => {
    const { entry } = newAcl();
    for (let n = 1; n < 20; n += 1) entry({ RuleNumber: n });
    expect(() => entry({ RuleNumber: 20 })).toThrow(refusal('NetworkAclEntryLimitExceeded'));
    entry({ RuleNumber: 20, Egress: true });
    entry({ RuleNumber: 20, CidrBlock: undefined, Ipv6CidrBlock: '::/0' });
  });
});

describe('ReplaceNetworkAclEntry and DeleteNetworkAclEntry', () => {
  it('change a rule, and remove it', () => {
    const { ec2, NetworkAclId, entry, entries } = newAcl();
    entry();
    ec2('ReplaceNetworkAclEntry', { NetworkAclId, ...HTTPS, RuleAction: 'deny' });
    expect(entries()).toMatchObject([{ RuleNumber: 100, RuleAction: 'deny' }]);
    const remove = () => ec2('DeleteNetworkAclEntry', { NetworkAclId, RuleNumber: 100, Egress: false });
    remove();
    expect(remove).toThrow(refusal('InvalidNetworkAclEntry.NotFound'));
    const replace = () => ec2('ReplaceNetworkAclEntry', { NetworkAclId, ...HTTPS });
    expect(replace).toThrow(refusal('InvalidNetworkAclEntry.NotFound'));
  });
});

describe('network ACLs', () => {
  it('apply to subnets, one ACL each, and are held by them', () => {
    const { ec2, VpcId, NetworkAclId } = newAcl();
    const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/24');
    const Filters = [{ Name: 'association.subnet-id', Values: [SubnetId] }];
    const guard = () => ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
    const [
      {
        NetworkAclId: old,
        Associations: [{ NetworkAclAssociationId: AssociationId }],
      },
    ] = guard();
    const { NewAssociationId } = ec2('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
    expect(guard()).toMatchObject([{ NetworkAclId, IsDefault: false }]);
    expect(() => ec2('DeleteNetworkAcl', { NetworkAclId })).toThrow(refusal('DependencyViolation'));
    const gone = () => ec2('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
    expect(gone).toThrow(refusal('InvalidAssociationID.NotFound'));
    ec2('ReplaceNetworkAclAssociation', { AssociationId: NewAssociationId, NetworkAclId: old });
    ec2('DeleteNetworkAcl', { NetworkAclId });
    expect(() => ec2('DeleteNetworkAcl', { NetworkAclId: old })).toThrow(
      refusal('InvalidParameterValue', `^cannot delete default network ACL ${old}$`),
    );
  });

  it('are limited to their VPC', () => {
    const { ec2, NetworkAclId } = newAcl();
    const SubnetId = newSubnet(ec2, newVpc(ec2, '10.9.0.0/16'), '10.9.0.0/24');
    const Filters = [{ Name: 'association.subnet-id', Values: [SubnetId] }];
    const [
      {
        Associations: [{ NetworkAclAssociationId: AssociationId }],
      },
    ] = ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
    const replace = () => ec2('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
    expect(replace).toThrow(refusal('InvalidParameterValue', 'different networks'));
  });

  it('are created once for a token, and stop at the quota', () => {
    const { ec2 } = newAccount({ quotas: { 'network-acls-per-vpc': 2 } });
    const VpcId = newVpc(ec2);
    const create = (ClientToken?: string) => ec2('CreateNetworkAcl', { VpcId, ClientToken }).NetworkAcl.NetworkAclId;
    expect(create('once')).toBe(create('once'));
    expect(() => create()).toThrow(refusal('NetworkAclLimitExceeded'));
  });
});
