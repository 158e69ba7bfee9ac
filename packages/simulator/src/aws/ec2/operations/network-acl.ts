import { birthplaceOf } from '../birthplace.js';
import { entryFrom, entryNotFound, newNetworkAcl, ruleNumber, networkAclView } from '../network-acl/network-acl.js';
import { oncePerToken, invalidValue, need, checkQuota, hasDependencies } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { checkId, needRow, ID, PART_ID, notFound } from '../request/ids.js';
import { ServiceError } from '../../operation/operation.js';
import type { NetworkAclEntryRow } from '../state.js';

/** Protocols have names in filters and numbers in responses; either is accepted. */
const PROTOCOL_NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** Network ACLs and their entries. */
export const networkAclOperations = family({
  CreateNetworkAcl(call, input) {
    const { ec2 } = call.state;
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const tags = tagsFrom(input.TagSpecifications, 'network-acl');
    const row = oncePerToken(call, 'CreateNetworkAcl', input, ec2.networkAcls, () => {
      const count = [...ec2.networkAcls.values()].filter((acl) => acl.vpcId === vpc.id).length;
      checkQuota(call, 'network-acls-per-vpc', count, 'NetworkAclLimitExceeded', 'network ACLs');

      return newNetworkAcl(birthplaceOf(call), vpc.id, false, tags);
    });
    return { NetworkAcl: networkAclView(row), ClientToken: input.ClientToken };
  },

  DeleteNetworkAcl({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.networkAcl, input.NetworkAclId);
    if (row.isDefault) throw invalidValue(`cannot delete default network ACL ${row.id}`);
    if (row.associations.length > 0) throw hasDependencies('networkAcl', row.id);

    ec2.networkAcls.delete(row.id);
    return {};
  },

  DescribeNetworkAcls: listing({
    of: ID.networkAcl,
    as: 'NetworkAcls',
    view: networkAclView,
    filters: `association.association-id=associations.network-acl-association-id association.network-acl-id
         association.subnet-id default=is-default entry.cidr=entries.cidr-block
         entry.icmp.code=entries.icmp-type-code.code entry.icmp.type=entries.icmp-type-code.type
         entry.ipv6-cidr=entries.ipv6-cidr-block entry.port-range.from=entries.port-range.from
         entry.port-range.to=entries.port-range.to entry.rule-action=entries.rule-action entry.egress=entries.egress
         entry.rule-number=entries.rule-number network-acl-id owner-id vpc-id`,
    otherFilters: {
      'entry.protocol': (row) => row.entries.flatMap(({ Protocol }) => [Protocol, PROTOCOL_NAMES[Protocol]]),
    },
  }),

  /** Lets another network ACL guard a subnet; every subnet has exactly one. */
  ReplaceNetworkAclAssociation(call, input) {
    const { ec2 } = call.state;
    const id = need(input.AssociationId, 'associationId');
    const next = needRow(ec2, ID.networkAcl, input.NetworkAclId);
    for (const acl of ec2.networkAcls.values()) {
      const association = acl.associations.find((row) => row.id === id);
      if (association === undefined) continue;
      if (acl.vpcId !== next.vpcId) {
        throw invalidValue(`network acl ${next.id} and subnet ${association.subnetId} belong to different networks`);
      }

      acl.associations = acl.associations.filter((row) => row !== association);
      const row = { id: call.id('aclassoc-'), subnetId: association.subnetId };
      next.associations.push(row);
      return { NewAssociationId: row.id };
    }
    checkId(id, PART_ID.networkAclAssociation);
    throw notFound(PART_ID.networkAclAssociation, id);
  },

  CreateNetworkAclEntry(call, input) {
    const row = needRow(call.state.ec2, ID.networkAcl, input.NetworkAclId);
    const entry = entryFrom(input);
    const there = row.entries.filter((other) => other.Egress === entry.Egress);
    if (there.some((other) => other.RuleNumber === entry.RuleNumber)) {
      throw new ServiceError(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${entry.RuleNumber} already exists.`,
      );
    }

    // Counted one way, IPv4 and IPv6 apart, the rule that ends the list among them (amazon-vpc-limits.html).
    const isIpv6 = (other: NetworkAclEntryRow): boolean => other.Ipv6CidrBlock !== undefined;
    const sameFamily = there.filter((other) => isIpv6(other) === isIpv6(entry));
    checkQuota(call, 'rules-per-network-acl', sameFamily.length, 'NetworkAclEntryLimitExceeded', 'network acl entries');

    row.entries.push(entry);
    return {};
  },

  DeleteNetworkAclEntry(call, input) {
    const row = needRow(call.state.ec2, ID.networkAcl, input.NetworkAclId);
    const number = ruleNumber(need(input.RuleNumber, 'ruleNumber'));
    const egress = need(input.Egress, 'egress');
    const entry = row.entries.find((other) => other.Egress === egress && other.RuleNumber === number);
    if (entry === undefined) throw entryNotFound(row.id, number, egress);

    row.entries = row.entries.filter((other) => other !== entry);
    return {};
  },

  ReplaceNetworkAclEntry(call, input) {
    const row = needRow(call.state.ec2, ID.networkAcl, input.NetworkAclId);
    const entry = entryFrom(input);
    const index = row.entries.findIndex(
      (other) => other.Egress === entry.Egress && other.RuleNumber === entry.RuleNumber,
    );
    if (index < 0) throw entryNotFound(row.id, entry.RuleNumber, entry.Egress);

    row.entries[index] = entry;
    return {};
  },
});
