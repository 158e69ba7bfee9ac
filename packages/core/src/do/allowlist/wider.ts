import { fewText } from '../../ground/text/quantities.js';
import { contains, parsePrefix } from '../../cidr/prefix.js';
import { InvalidInputError, type SourcePlace } from '../../ground/errors.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { SecurityGroup, SecurityGroupRule } from '../model/network.js';

export interface RuleOfGroup {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
}

/**
 * Outgoing rules of `groups` that allow more than `entries`. Rules of several groups add up, so one such rule
 * makes an allowlist ineffective. A rule whose destination is a prefix list or another group counts, because
 * its future contents are unknown.
 */
export function widerRules(groups: readonly SecurityGroup[], entries: readonly AllowEntry[]): readonly RuleOfGroup[] {
  return groups.flatMap((group) =>
    group.rules
      .filter((rule) => rule.direction === 'out' && !isCovered(rule, entries))
      .map((rule): RuleOfGroup => ({ group, rule })),
  );
}

/**
 * Why the allowlist of link `name` would have no effect: rules of other groups of the link that allow more,
 * or what the adapter read of them. Undefined: it has an effect.
 */
export function ineffective(
  name: string,
  rules: readonly RuleOfGroup[],
  seen: readonly string[],
  place?: SourcePlace,
): InvalidInputError | undefined {
  const texts = [...rules.map(({ group, rule }) => `${group.id} (${group.name}) allows ${ruleText(rule)}`), ...seen];
  if (texts.length === 0) return undefined;

  return new InvalidInputError(
    'ALLOWLIST_INEFFECTIVE',
    `the allowlist of link ${name} has no effect: ${fewText(texts, 1)}`,
    {
      place,
      remedy: 'Narrow or remove that rule, or leave that security group out: rules of several groups add up.',
      details: { rules: texts },
    },
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
