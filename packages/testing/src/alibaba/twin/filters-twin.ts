import { readBlock } from '../../simulation/blocks.js';
import type { NetworkAclEntry, SecurityGroupRule } from '@postern/core';
import type { NetworkAclEntryRow, SecurityGroupPeerRow, SecurityGroupRuleRow } from '../state/network-state.js';
import { madeId, type Building } from './building.js';

/** Network ACLs, security groups and the prefix lists that their rules name. */
export function addFilters(building: Building): void {
  const { snapshot, state, now, lack } = building;
  const { networkAcls, securityGroups, prefixLists } = state.network;
  for (const acl of snapshot.networkAcls ?? []) {
    if (acl.entries === undefined) lack(`the entries of network ACL ${acl.id}`);
    const rows = (direction: 'in' | 'out') =>
      (acl.entries ?? [])
        .filter((entry) => entry.direction === direction)
        .toSorted((a, b) => a.order - b.order)
        .map((entry) => aclEntryOf(acl.id, entry));
    const [ingress, egress] = [rows('in'), rows('out')];
    networkAcls.set(acl.id, {
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
  for (const list of snapshot.prefixLists ?? []) {
    if (list.cidrBlocks === undefined) lack(`the entries of prefix list ${list.id}`);
    const blocks = list.cidrBlocks ?? [];
    prefixLists.set(list.id, {
      id: list.id,
      name: list.name ?? '',
      description: '',
      addressFamily: blocks.some((block) => block.includes(':')) ? 'IPv6' : 'IPv4',
      maxEntries: list.maxEntries ?? blocks.length,
      entries: blocks.map((cidrBlock) => ({ cidrBlock, description: '' })),
      createdAt: now,
      tags: {},
    });
  }
  for (const group of snapshot.securityGroups) {
    securityGroups.set(group.id, {
      id: group.id,
      vpcId: group.networkId,
      name: group.name,
      description: '',
      type: group.kind === 'enterprise' ? 'enterprise' : 'normal',
      innerAccessPolicy: group.intraGroup === 'allow' ? 'Accept' : 'Drop',
      rules: group.rules.map((rule, index) => ruleOf(building, `${group.id} ${index}`, rule)),
      createdAt: now,
      tags: { ...group.tags },
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

function ruleOf({ snapshot, now }: Building, of: string, rule: SecurityGroupRule): SecurityGroupRuleRow {
  return {
    id: rule.id ?? madeId('sgr', of),
    direction: rule.direction === 'out' ? 'egress' : 'ingress',
    policy: rule.action === 'drop' ? 'Drop' : 'Accept',
    priority: rule.priority ?? 1,
    protocol: protocolOf(rule.protocol),
    portRange: rangeOf(rule),
    portListId: rule.portListId,
    ownCidrBlock: rule.narrowed?.ownCidrBlock,
    sourcePorts: rule.narrowed?.sourcePorts,
    peer: peerOf(rule, snapshot.account),
    nicType: 'intranet',
    description: rule.description ?? '',
    createdAt: now,
  };
}

function peerOf(rule: SecurityGroupRule, account: string): SecurityGroupPeerRow {
  const { cidrBlock, prefixListId, securityGroupId } = rule;
  if (prefixListId !== undefined) return { kind: 'prefixList', prefixListId };
  if (securityGroupId !== undefined) {
    return { kind: 'group', groupId: securityGroupId, account: rule.peerAccount ?? account };
  }
  const block = cidrBlock ?? '';
  return { kind: readBlock(block)?.family === 6 ? 'ipv6Block' : 'block', cidrBlock: block };
}

function protocolOf(text: string): SecurityGroupRuleRow['protocol'] {
  return (/^icmpv6$/i.test(text) ? 'ICMPv6' : text.toUpperCase()) as SecurityGroupRuleRow['protocol'];
}

/** All ports are written `-1/-1`. */
function rangeOf({ fromPort, toPort }: { readonly fromPort: number; readonly toPort: number }): string {
  return fromPort === 0 && toPort === 65_535 ? '-1/-1' : `${fromPort}/${toPort}`;
}
