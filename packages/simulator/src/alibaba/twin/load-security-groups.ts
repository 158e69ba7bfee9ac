import type { SecurityGroupRule } from '@postern/core/snapshot';
import { readBlock } from '../../simulation/blocks.js';
import type { SecurityGroupPeerRow, SecurityGroupRuleRow } from '../vpc/state.js';
import { madeId, rangeOf, type Building } from './building.js';

/** Security groups with their rules. */
export function loadSecurityGroups(building: Building): void {
  const { snapshot, state, now } = building;
  for (const group of snapshot.securityGroups) {
    state.network.securityGroups.set(group.id, {
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
