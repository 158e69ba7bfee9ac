import { defined } from '../../ground/defined.js';
import { contains, formatPrefix, parsePrefix } from '../../cidr/prefix.js';
import type { AllowEntry, Allowlist } from '../model/allowlist.js';
import {
  isMarkOf,
  INTEGRATION_TAG,
  mayChange,
  OWNER_TAG,
  ownerFromTags,
  parseMark,
  PROJECT_TAG,
} from '../model/marks.js';
import type { SecurityGroup, SecurityGroupRule } from '../model/network.js';
import type { Owner } from '../model/owner.js';
import { isName } from '../forms/text-rules.js';

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

  return { cidrBlock: canonical(cidrBlock), protocol, fromPort, toPort, ...defined({ ruleId: id }) };
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
 * Whether a group with this mark is a link's own. While the link gets another name, the group has the previous name as
 * its part. Where the link's mark names no spec, the mark of its group names the spec for which it was created.
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

/** A security group, as far as it names its owner. */
export interface MarkedGroup {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The owner of the allowlist that a group holds: what its tags say, where its name and description agree. Name and
 * description are fixed when a group is created. Tags that were copied to another group, or written on it by a policy,
 * therefore make the group unmanaged. Where tags are missing and no other tag contradicts, name and description
 * decide, and the owner is `unbound`: the group was forgotten, or lost a tag.
 */
export function ownerOfGroup({ name = '', description, tags }: MarkedGroup): Owner | undefined {
  const tagged = ownerFromTags(tags);
  const written = parseMark(description);
  if (written === undefined || !allowlistGroupNames(written).includes(name)) return undefined;

  // The group of a link that got another name in the spec keeps its own, and its mark has the name before as its part.
  const isMoved = tagged?.name !== undefined;
  if (tagged !== undefined && mayChange(written, tagged) && (isMoved || written.integration === tagged.integration))
    return tagged;

  const has = (key: string, value: string | undefined): boolean => tags[key] === undefined || tags[key] === value;
  if (!has(PROJECT_TAG, written.project) || !has(OWNER_TAG, written.spec)) return undefined;

  const integration = tags[INTEGRATION_TAG] ?? written.integration;
  return isName(integration) ? { ...written, integration, unbound: true } : undefined;
}

/** How many groups with the name of one link a VPC may hold: its own, and those of links that had this name in the spec before. */
const MOST_GROUP_NAMES = 9;

/**
 * The names that the group for a link's allowlist may have, in the order in which they are tried:
 * `postern-shop-eu`, `postern-shop-eu:2`, … EC2 allows a name once in a VPC, and a group keeps its name when
 * its link gets another one in the spec. Two specs of one project may have a link of the same name. No name
 * of a link contains the colon.
 */
export function allowlistGroupNames({ project, spec, integration }: Owner): readonly string[] {
  const first = `postern-${project}-${spec === undefined ? '' : `${spec}-`}${integration}`;
  return Array.from({ length: MOST_GROUP_NAMES }, (_, index) => (index === 0 ? first : `${first}:${index + 1}`));
}
