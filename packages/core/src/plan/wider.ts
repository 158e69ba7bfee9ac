import { contains } from '../cidr/prefix.js';
import { parsePrefix } from '../cidr/prefix.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { SecurityGroup, SecurityGroupRule } from '../model/network.js';

/**
 * Outgoing rules of `groups` that allow more than `entries`, in words. Rules of several groups add up, so one such rule
 * makes an allowlist ineffective. A rule towards a prefix list or another group counts: nobody knows what it will hold.
 */
export function widerRules(groups: readonly SecurityGroup[], entries: readonly AllowEntry[]): readonly string[] {
  return groups.flatMap((group) =>
    group.rules
      .filter((rule) => rule.direction === 'out' && !isCovered(rule, entries))
      .map((rule) => `${group.id} (${group.name}) allows ${ruleText(rule)}`),
  );
}

function isCovered(rule: SecurityGroupRule, entries: readonly AllowEntry[]): boolean {
  const { cidrBlock } = rule;
  if (cidrBlock === undefined) return false;
  return entries.some(
    (entry) =>
      contains(parsePrefix(entry.cidrBlock), parsePrefix(cidrBlock)) &&
      (entry.protocol === 'all' ||
        (entry.protocol === rule.protocol && entry.fromPort <= rule.fromPort && rule.toPort <= entry.toPort)),
  );
}

function ruleText(rule: SecurityGroupRule): string {
  const to = rule.cidrBlock ?? rule.prefixListId ?? rule.securityGroupId ?? 'an unnamed destination';
  const every = ['-1', 'all'].includes(rule.protocol);
  const ports = rule.fromPort === rule.toPort ? `${rule.fromPort}` : `${rule.fromPort}-${rule.toPort}`;
  return `${every ? 'everything' : `${rule.protocol} ${ports}`} to ${to}${rule.id === undefined ? '' : ` (${rule.id})`}`;
}
