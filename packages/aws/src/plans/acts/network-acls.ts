import { MAX_PORT } from '@postern/core/internal/adapter';
import {
  amount,
  blockChange,
  blocks,
  isSet,
  listChange,
  several,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
} from '@postern/core/internal/overlay';
import { arnIn, filters, onChange, stays } from './calls.js';

const NUMBERS: Readonly<Record<string, string>> = { icmp: '1', tcp: '6', udp: '17', icmpv6: '58', all: '-1' };

function entry(acl: unknown, rule: ActValues, isEgress: boolean): object {
  const protocol = word(rule['protocol']) ?? '-1';
  const number = NUMBERS[protocol] ?? protocol;
  const [CidrBlock, Ipv6CidrBlock] = [word(rule['cidr_block']), word(rule['ipv6_cidr_block'])];
  return {
    NetworkAclId: acl,
    RuleNumber: amount(rule['rule_no']) ?? amount(rule['rule_number']),
    Protocol: number,
    RuleAction: word(rule['action']) ?? word(rule['rule_action']),
    Egress: isEgress,
    CidrBlock,
    Ipv6CidrBlock,
    ...((number === '6' || number === '17') && {
      PortRange: { From: amount(rule['from_port']) ?? 0, To: amount(rule['to_port']) ?? MAX_PORT },
    }),
    ...((number === '1' || number === '58') && {
      IcmpTypeCode: { Type: amount(rule['icmp_type']) ?? -1, Code: amount(rule['icmp_code']) ?? -1 },
    }),
  };
}

const WAYS = ['ingress', 'egress'] as const;

function createEntries(acl: unknown, values: ActValues, caller: Caller): void {
  for (const way of WAYS) {
    for (const rule of blocks(values[way]))
      caller.call('ec2.CreateNetworkAclEntry', entry(acl, rule, way === 'egress'));
  }
}

/** What is associated with a subnet is replaced: a subnet has one network ACL at all times. */
function associate(acl: unknown, subnets: readonly unknown[], caller: Caller): unknown {
  let id: unknown;
  for (const subnet of subnets) {
    const [former] = caller.call(
      'ec2.DescribeNetworkAcls',
      filters({ 'association.subnet-id': String(subnet) }),
    ).NetworkAcls;
    const association = former?.Associations.find(({ SubnetId }: Answer) => SubnetId === subnet);
    const input = { AssociationId: association?.NetworkAclAssociationId, NetworkAclId: acl };
    id = caller.call('ec2.ReplaceNetworkAclAssociation', input).NewAssociationId;
  }
  return id;
}

const shown = (acl: unknown, caller: Caller): Answer =>
  caller.call('ec2.DescribeNetworkAcls', { NetworkAclIds: [acl] }).NetworkAcls[0];

/** Subnets without an association of their own have the default ACL of their network. */
function toDefault(acl: unknown, subnets: readonly unknown[], caller: Caller): void {
  if (subnets.length === 0) return;

  const ofNetwork = filters({ 'vpc-id': shown(acl, caller).VpcId, default: 'true' });
  associate(caller.call('ec2.DescribeNetworkAcls', ofNetwork).NetworkAcls[0]?.NetworkAclId, subnets, caller);
}

function deleteEntry(acl: unknown, rule: ActValues, isEgress: boolean, caller: Caller): void {
  const RuleNumber = amount(rule['rule_no']) ?? amount(rule['rule_number']);
  caller.call('ec2.DeleteNetworkAclEntry', { NetworkAclId: acl, RuleNumber, Egress: isEgress });
}

function update(before: ActValues, values: ActValues, caller: Caller): void {
  const acl = before['id'];
  for (const way of WAYS) {
    const [gone = [], added = []] = blockChange(before, values, way);
    for (const rule of gone) deleteEntry(acl, rule, way === 'egress', caller);
    createEntries(acl, { [way]: added }, caller);
  }
  const [gone = [], added = []] = listChange(before, values, 'subnet_ids');
  toDefault(acl, gone, caller);
  associate(acl, added, caller);
}

const LAST_RULE = 32_767;

/** Network ACLs, their entries and associations. */
export const networkAclActs: Readonly<Record<string, Act>> = {
  aws_network_acl: {
    feeds: ['subnet_ids'],
    create: (values, caller) => {
      const { NetworkAclId: id } = caller.call('ec2.CreateNetworkAcl', { VpcId: word(values['vpc_id']) }).NetworkAcl;
      return { id, arn: arnIn(caller, 'ec2', `network-acl/${id}`) };
    },
    after: (values, { id }, caller) => {
      createEntries(id, values, caller);
      associate(id, several(values['subnet_ids']), caller);
    },
    update,
    // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl.go
    remove: (before, caller) => {
      const subnets = shown(before['id'], caller).Associations.map(({ SubnetId }: Answer) => SubnetId);
      toDefault(before['id'], subnets, caller);
      caller.call('ec2.DeleteNetworkAcl', { NetworkAclId: before['id'] });
    },
  },
  aws_default_network_acl: {
    create: (values, caller) => {
      const id = word(values['default_network_acl_id']);
      for (const { RuleNumber, Egress } of shown(id, caller).Entries) {
        if (RuleNumber < LAST_RULE) caller.call('ec2.DeleteNetworkAclEntry', { NetworkAclId: id, RuleNumber, Egress });
      }
      createEntries(id, values, caller);
      const associated = shown(id, caller).Associations.map(({ SubnetId }: Answer) => SubnetId);
      const added = several(values['subnet_ids']).filter((one) => !associated.includes(one));
      associate(id, added, caller);
      return { id };
    },
    update,
    remove: stays,
  },
  aws_network_acl_rule: {
    create: (values, caller) => {
      const acl = word(values['network_acl_id']);
      caller.call('ec2.CreateNetworkAclEntry', entry(acl, values, isSet(values['egress'])));
      return { id: `nacl-${acl}-${word(values['rule_number'])}` };
    },
    remove: (before, caller) => deleteEntry(before['network_acl_id'], before, isSet(before['egress']), caller),
  },
  aws_network_acl_association: {
    create: (values, caller) => ({
      id: associate(word(values['network_acl_id']), [word(values['subnet_id'])], caller),
    }),
    update: onChange(['network_acl_id'], (before, values, caller) => ({
      id: associate(word(values['network_acl_id']), [before['subnet_id']], caller),
    })),
    remove: (before, caller) => toDefault(before['network_acl_id'], [before['subnet_id']], caller),
  },
};
