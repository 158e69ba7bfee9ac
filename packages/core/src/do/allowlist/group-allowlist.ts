import { contains, formatPrefix, parsePrefix } from '../../cidr/prefix.js';
import type { AllowEntry, Allowlist } from '../model/allowlist.js';
import { isMarkOf } from '../model/marks.js';
import type { SecurityGroup, SecurityGroupRule } from '../model/network.js';
import type { Owner } from '../model/owner.js';

// What a link may reach, as the egress rules of a security group of Postern's.

/** The allowlist of a link, from its groups: the one with the link's own mark holds the entries. */
export function toAllowlist(linkId: string, owner: Owner | undefined, groups: readonly SecurityGroup[]): Allowlist {
  const own = owner && groups.find((group) => isListOf(group.owner, owner));
  const entries = own ? entriesOf(own) : [];
  const others = groups.filter((group) => group !== own);
  // Rules to prefix lists or security groups, and of other protocols than TCP and UDP.
  const unmanaged = (own?.rules ?? []).filter((rule) => rule.direction === 'out' && toEntry(rule) === undefined);
  return {
    linkId,
    owned: own !== undefined,
    securityGroupId: own?.id,
    entries,
    wider: others.flatMap((group) =>
      group.rules
        .filter((rule) => rule.direction === 'out' && !isCovered(rule, entries))
        .map((rule) => ruleInWords(group.id, rule)),
    ),
    ...(own === undefined || unmanaged.length === 0
      ? {}
      : { unmanaged: unmanaged.map((rule) => ruleInWords(own.id, rule)) }),
  };
}

/** The entries that a group allows outbound. */
export function entriesOf(group: SecurityGroup): readonly AllowEntry[] {
  return group.rules.filter((rule) => rule.direction === 'out').flatMap((rule) => toEntry(rule) ?? []);
}

/** A rule as an entry, where it names a block and TCP, UDP or everything; `undefined` for any other. */
export function toEntry(rule: SecurityGroupRule): AllowEntry | undefined {
  const { cidrBlock, protocol, fromPort, toPort, id } = rule;
  if (cidrBlock === undefined || (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'all')) return undefined;
  return { cidrBlock: canonical(cidrBlock), protocol, fromPort, toPort, ...(id === undefined ? {} : { ruleId: id }) };
}

/** Entries are the same when block, protocol and ports are; with `all`, EC2 keeps no ports. */
export function entryKey({ cidrBlock, protocol, fromPort, toPort }: AllowEntry): string {
  const ports = protocol === 'all' ? 'all' : `${fromPort}-${toPort}`;
  return `${canonical(cidrBlock)} ${protocol} ${ports}`;
}

/** Whether one of `entries` allows everything that `rule` allows. */
export function isCovered(rule: SecurityGroupRule, entries: readonly AllowEntry[]): boolean {
  const entry = toEntry(rule);
  return entry !== undefined && entries.some((one) => covers(one, entry));
}

/** The text for a rule: `sg-1 allows tcp 443 outbound to 0.0.0.0/0`. */
export function ruleInWords(groupId: string, rule: SecurityGroupRule): string {
  const ports = rule.fromPort === rule.toPort ? String(rule.fromPort) : `${rule.fromPort}-${rule.toPort}`;
  const what = rule.protocol === 'all' ? 'all traffic' : `${rule.protocol} ${ports}`;
  const where = rule.cidrBlock ?? rule.prefixListId ?? rule.securityGroupId;
  return rule.direction === 'in'
    ? `${groupId} allows ${what} inbound from ${where ?? 'an unknown source'}`
    : `${groupId} allows ${what} outbound to ${where ?? 'an unknown destination'}`;
}

/**
 * Whether a group with this mark is a link's own. While the link gets another name, the group has the
 * previous name as its part. Where the link's mark names no spec, the mark of its group names the spec for
 * which it was created.
 */
function isListOf(mark: Owner | undefined, owner: Owner): boolean {
  const of = owner.spec === undefined ? { ...owner, spec: mark?.spec } : owner;
  if (isMarkOf(mark, of)) return true;
  return mark?.name !== undefined && isMarkOf({ ...mark, integration: mark.name }, of);
}

function covers(wide: AllowEntry, narrow: AllowEntry): boolean {
  if (wide.protocol !== 'all') {
    if (wide.protocol !== narrow.protocol) return false;
    if (wide.fromPort > narrow.fromPort || wide.toPort < narrow.toPort) return false;
  }
  return contains(parsePrefix(wide.cidrBlock), parsePrefix(narrow.cidrBlock));
}

/** EC2 keeps IPv6 blocks in whatever spelling they were given. */
function canonical(cidrBlock: string): string {
  try {
    return formatPrefix(parsePrefix(cidrBlock));
  } catch {
    return cidrBlock;
  }
}
