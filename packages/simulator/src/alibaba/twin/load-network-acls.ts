import type { NetworkAclEntry } from '@postern/core/snapshot';
import type { NetworkAclEntryRow } from '../vpc/state.js';
import { madeId, rangeOf, type Building } from './building.js';

/** Network ACLs with their entries. */
export function loadNetworkAcls({ snapshot, state, now, lack }: Building): void {
  for (const acl of snapshot.networkAcls ?? []) {
    if (acl.entries === undefined) lack(`the entries of network ACL ${acl.id}`);
    const rows = (direction: 'in' | 'out') =>
      (acl.entries ?? [])
        .filter((entry) => entry.direction === direction)
        .toSorted((a, b) => a.order - b.order)
        .map((entry) => aclEntryOf(acl.id, entry));
    const [ingress, egress] = [rows('in'), rows('out')];
    state.network.networkAcls.set(acl.id, {
      id: acl.id,
      vpcId: acl.networkId,
      name: '',
      description: '',
      ingress,
      egress,
      createdAt: now,
      tags: {},
    });
  }
}

function aclEntryOf(aclId: string, entry: NetworkAclEntry): NetworkAclEntryRow {
  return {
    id: entry.id ?? madeId('nae', `${aclId} ${entry.direction} ${entry.order}`),
    name: '',
    description: '',
    policy: entry.action === 'allow' ? 'accept' : 'drop',
    protocol: entry.protocol as NetworkAclEntryRow['protocol'],
    cidrBlock: entry.cidrBlock,
    ipVersion: entry.cidrBlock.includes(':') ? 'IPV6' : 'IPV4',
    port: rangeOf(entry),
  };
}
