import type { AlibabaCall } from '../../operation/call.js';
import type { NetworkAclEntryRow, NetworkAclRow } from '../state.js';
import { tagPairs } from '../request/tags.js';
import { seconds } from '../request/text-rules.js';

/** A network ACL as all its actions answer it, without owner and tags. */
export function networkAclCore({ state, region }: AlibabaCall, row: NetworkAclRow) {
  return {
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    EgressAclEntries: {
      EgressAclEntry: row.egress.map((entry) => ({ ...entryView(entry), DestinationCidrIp: entry.cidrBlock })),
    },
    IngressAclEntries: {
      IngressAclEntry: row.ingress.map((entry) => ({ ...entryView(entry), SourceCidrIp: entry.cidrBlock })),
    },
    NetworkAclId: row.id,
    NetworkAclName: row.name,
    RegionId: region,
    Resources: {
      Resource: [...state.network.vSwitches.values()]
        .filter(({ networkAclId }) => networkAclId === row.id)
        .map(({ id }) => ({ ResourceId: id, ResourceType: 'VSwitch', Status: 'BINDED' })),
    },
    Status: 'Available',
    VpcId: row.vpcId,
  };
}

/** A network ACL as it is described. */
export function networkAclView(call: AlibabaCall, row: NetworkAclRow) {
  return { ...networkAclCore(call, row), OwnerId: Number(call.account), Tags: { Tag: tagPairs(row.tags) } };
}

function entryView(entry: NetworkAclEntryRow) {
  return {
    Description: entry.description,
    EntryType: 'custom',
    IpVersion: entry.ipVersion,
    NetworkAclEntryId: entry.id,
    NetworkAclEntryName: entry.name,
    Policy: entry.policy,
    Port: entry.port,
    Protocol: entry.protocol,
  };
}
