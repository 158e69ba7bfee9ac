import type { RegionSnapshot } from '@postern/core';
import type { NetworkAcl, NetworkAclEntry } from '@postern/core/snapshot';
import type { AwsCall } from '../../operation/call.js';
import { LAST_IPV6_RULE } from '../../ec2/network-acl/new-network-acl.js';
import { protocolNumber } from '../../ec2/network-acl/protocols.js';
import type { NetworkAclEntryRow } from '../../ec2/state.js';
import type { Lack } from '../lack.js';

/** Network ACLs with their entries, the last entry of each included, and their associated subnets. */
export function loadNetworkAcls(call: AwsCall, { networkAcls, subnets }: RegionSnapshot, lack: Lack): void {
  if (networkAcls === undefined) return lack(`the network ACLs of ${call.region} were not read`);
  const { ec2 } = call.state;
  for (const acl of networkAcls) {
    if (acl.entries === undefined) lack(`the entries of ${acl.id} were not read`);
    const vpc = ec2.vpcs.get(acl.networkId);
    ec2.networkAcls.set(acl.id, {
      id: acl.id,
      vpcId: acl.networkId,
      ownerId: vpc?.ownerId ?? call.account,
      isDefault: isDefault(acl, networkAcls),
      entries: [...(acl.entries ?? []).map(entryRow), ...lastEntries((vpc?.ipv6CidrBlocks.length ?? 0) > 0)],
      associations: subnets
        .filter(({ networkAclId }) => networkAclId === acl.id)
        .map(({ id }) => ({ id: call.id('aclassoc-'), subnetId: id })),
      tags: {},
    });
  }
}

/**
 * No list shows it in a portable form. The only network ACL of its network is the default one, or else the
 * first that allows everything.
 */
function isDefault(acl: NetworkAcl, all: readonly NetworkAcl[]): boolean {
  const siblings = all.filter(({ networkId }) => networkId === acl.networkId);
  const open = siblings.find(({ entries }) =>
    (['in', 'out'] as const).every((direction) => {
      const first = entries?.find((entry) => entry.direction === direction);
      return first?.action === 'allow' && first.protocol === 'all' && first.cidrBlock === '0.0.0.0/0';
    }),
  );
  return acl === (siblings.length === 1 ? siblings[0] : (open ?? siblings[0]));
}

function entryRow(entry: NetworkAclEntry): NetworkAclEntryRow {
  const { cidrBlock, protocol, fromPort, toPort } = entry;
  const isIpv6 = cidrBlock.includes(':');
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6';
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  return {
    ruleNumber: entry.order,
    egress: entry.direction === 'out',
    protocol: protocolNumber(protocol) ?? '-1',
    action: entry.action,
    cidrBlock: isIpv6 ? undefined : cidrBlock,
    ipv6CidrBlock: isIpv6 ? cidrBlock : undefined,
    fromPort: hasPorts ? fromPort : undefined,
    toPort: hasPorts ? toPort : undefined,
    icmpType: isIcmp ? fromPort : undefined,
    icmpCode: isIcmp ? toPort : undefined,
  };
}

/** The entries that deny all other traffic. */
function lastEntries(withIpv6: boolean): NetworkAclEntryRow[] {
  const last: NetworkAclEntry = {
    direction: 'out',
    order: LAST_IPV6_RULE - 1,
    action: 'deny',
    protocol: 'all',
    fromPort: 0,
    toPort: 65_535,
    cidrBlock: '0.0.0.0/0',
  };
  const families = withIpv6 ? [last, { ...last, order: LAST_IPV6_RULE, cidrBlock: '::/0' }] : [last];
  return families.flatMap((entry) => [entryRow(entry), entryRow({ ...entry, direction: 'in' })]);
}
