import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import type { NetworkAclEntryRow, NetworkAclRow } from '../state.js';
import { tagList } from '../request/tags.js';

/** A network ACL as the API shows it: outbound rules first, then by number. */
export function networkAclView(row: NetworkAclRow): NetworkAcl {
  return {
    NetworkAclId: row.id,
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    IsDefault: row.isDefault,
    Entries: [...row.entries]
      .sort((a, b) => Number(b.egress) - Number(a.egress) || a.ruleNumber - b.ruleNumber)
      .map(entryView),
    Associations: row.associations.map(({ id, subnetId }) => ({
      NetworkAclAssociationId: id,
      NetworkAclId: row.id,
      SubnetId: subnetId,
    })),
    Tags: tagList(row.tags),
  };
}

function entryView(row: NetworkAclEntryRow): NetworkAclEntry {
  return {
    RuleNumber: row.ruleNumber,
    Egress: row.egress,
    Protocol: row.protocol,
    RuleAction: row.action,
    CidrBlock: row.cidrBlock,
    Ipv6CidrBlock: row.ipv6CidrBlock,
    PortRange: row.fromPort === undefined ? undefined : { From: row.fromPort, To: row.toPort },
    IcmpTypeCode: row.icmpType === undefined ? undefined : { Type: row.icmpType, Code: row.icmpCode },
  };
}
