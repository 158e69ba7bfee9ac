import { contains, hostCount, type Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import { readBlock, readBlocks, readPlace } from '../../path/model/group-set.js';
import { fewPortsDropped, rulesByPort } from '../../path/groups/rules-by-port.js';
import { narrowedMissing } from '../../../do/findings/evidence.js';
import { isAllProtocols, isTcp, mayBeTcp } from '../../../do/words/rule-words.js';
import type { Source } from '../../path/sources/link-source.js';

/** The groups that filter traffic to one port of one resource. */
export interface Guard {
  readonly region: RegionIndex;
  /** `orders-alb`, `i-1 (10.0.1.5)`. */
  readonly what: string;
  readonly groupIds: readonly string[];
  readonly port: number;
  /** Set if rules for the link's groups may not apply, because the path of the calls may hide the groups. */
  readonly byBlocks?: true | undefined;
}

/** A rule of one of the groups that is about the port. */
export interface PortRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
  /** What it names by blocks, prefix lists resolved; undefined where it names a group, or what it names is not known. */
  readonly blocks?: readonly Prefix[] | undefined;
  readonly missing?: Missing | undefined;
}

/** What the groups of a guard allow on its port. */
export interface PortRules {
  readonly groups: readonly SecurityGroup[];
  /** Incoming rules for the port: lowest priority number first and, of equal ones, a drop before an allow. */
  readonly rules: readonly PortRule[];
  /** A group that could not be read. */
  readonly missing?: Missing | undefined;
  /** A group that does not exist. */
  readonly absent?: string | undefined;
}

/** What holds for all ports of some groups, and what they allow on each. */
interface GroupsRead extends Pick<PortRules, 'groups' | 'missing' | 'absent'> {
  readonly ports: Map<number, PortRules>;
}

/** By the list of groups, which the guards of all ports of a load balancer share. */
const memory = () => ({ read: new Map<readonly string[], GroupsRead>(), remembered: 0 });

/** The limit of remembered results: in a large region they would take more memory than its rules. */
const MOST_REMEMBERED = 20_000;

/** What the groups of a guard allow: each combination of groups and port is read once for all checks. */
export function portRulesOf({ region, groupIds, port }: Guard): PortRules {
  const here = region.derived('port rules', memory);
  let read = here.read.get(groupIds);
  if (read === undefined) here.read.set(groupIds, (read = readGroups(region, groupIds)));
  const known = read.ports.get(port);
  if (known !== undefined) return known;
  const made = readEntrance(region, read, port);
  if (here.remembered === MOST_REMEMBERED) {
    here.read.clear();
    here.remembered = 0;
  }
  read.ports.set(port, made);
  here.remembered += 1;
  return made;
}

function readGroups(region: RegionIndex, groupIds: readonly string[]): GroupsRead {
  const groups: SecurityGroup[] = [];
  let missing: Missing | undefined;
  let absent: string | undefined;
  for (const id of new Set(groupIds)) {
    const group = region.find('securityGroups', id);
    if (group.is === 'found') groups.push(group.value);
    else if (group.is === 'unknown') missing ??= group.missing;
    else absent ??= id;
  }
  return { groups, missing, absent, ports: new Map() };
}

function readEntrance(region: RegionIndex, { groups, missing, absent }: GroupsRead, port: number): PortRules {
  const rules: PortRule[] = [];
  for (const group of groups) {
    for (const place of rulesByPort(region, group, 'in', port)) {
      const rule = group.rules[place];
      // Of calls from a few source ports `path/security-group` warns.
      if (rule === undefined || !fitsPort(rule, port) || fewPortsDropped(rule) !== undefined) continue;
      const { blocks, missing: unknown } = namedBy(region, rule);
      rules.push({ group, rule, blocks, missing: unknown });
    }
  }
  return {
    groups,
    rules: rules.some(({ rule }) => isOrdered(rule)) ? rules.toSorted(byOrder) : rules,
    missing,
    absent,
  };
}

function fitsPort(rule: SecurityGroupRule, port: number): boolean {
  if (isAllProtocols(rule.protocol)) return true;
  if (!isTcp(rule.protocol)) return mayBeTcp(rule.protocol);
  // Which ports a list holds was not read; it may hold this one.
  if (rule.portListId !== undefined || (rule.fromPort < 0 && rule.toPort < 0)) return true;
  return rule.fromPort <= port && port <= rule.toPort;
}

function isOrdered({ priority, action }: SecurityGroupRule): boolean {
  return priority !== undefined || action === 'drop';
}

function byOrder({ rule: a }: PortRule, { rule: b }: PortRule): number {
  const rank = (rule: SecurityGroupRule): number => (rule.action === 'drop' ? 0 : 1);
  return (a.priority ?? 1) - (b.priority ?? 1) || rank(a) - rank(b);
}

function namedBy(region: RegionIndex, rule: SecurityGroupRule): Pick<PortRule, 'blocks' | 'missing'> {
  const { cidrBlock, prefixListId, securityGroupId, portListId } = rule;
  const unread =
    narrowedMissing(rule) ??
    (portListId === undefined
      ? undefined
      : { what: `the ports of ${portListId}`, remedy: `Check the ports of ${portListId}.` });
  if (cidrBlock !== undefined) {
    const block = readPlace(cidrBlock);
    if (block !== undefined) {
      // Not `{ blocks: [block] }`: see "Speed" in docs/architecture.md.
      const blocks = [block];
      return { blocks, missing: unread };
    }
    const remedy = `Write a block without host bits instead of ${cidrBlock}.`;
    return { missing: { what: `the source of a rule for ${JSON.stringify(cidrBlock)}`, remedy } };
  }
  if (securityGroupId === undefined && prefixListId === undefined) {
    const remedy = 'Set a CIDR block, a prefix list or a security group in the rule.';
    return { missing: { what: `the source of rule ${rule.id ?? ''}`.trim(), remedy } };
  }
  if (prefixListId === undefined) return { missing: unread };
  const list = region.find('prefixLists', prefixListId);
  const missing =
    list.is === 'unknown'
      ? list.missing
      : (region.missing('prefixLists', prefixListId) ?? {
          what: `the entries of prefix list ${prefixListId}`,
          remedy: `Check the entries of ${prefixListId}.`,
        });
  if (list.is !== 'found' || list.value.cidrBlocks === undefined) return { missing };
  return { blocks: readBlocks(list.value.cidrBlocks), missing: unread };
}

/** Whether an entrance allows the calls of a link. */
export interface Admission {
  /** Blocks that are certainly allowed as a whole. */
  readonly admitted: readonly string[];
  /** Blocks of which some address is certainly refused, and the rule that refuses it, if one does. */
  readonly refused: readonly { readonly text: string; readonly of: string; readonly by?: PortRule | undefined }[];
  /** Blocks whose result cannot be determined, and why. */
  readonly open: readonly { readonly text: string; readonly missing: Missing }[];
}

/** Determines for each block of a source whether the groups allow its calls. */
export function admissionOf(entrance: PortRules, source: Source): Admission {
  const admitted: string[] = [];
  const refused: { text: string; of: string; by?: PortRule | undefined }[] = [];
  const open: { text: string; missing: Missing }[] = [];
  const all = [source.groupIds];
  const called: Called = source.ungrouped === undefined ? entrance : { ...entrance, ungrouped: source.ungrouped };
  for (const { text, of, groupIds = all, which = WHICH_GROUP } of source.blocks) {
    const block = readBlock(text);
    if (block === undefined) continue;
    const fate = worstFate(called, block, groupIds, which);
    if (fate === 'in') admitted.push(text);
    else if ('missing' in fate) open.push({ text, missing: fate.missing });
    else refused.push({ text, of, by: fate.by });
  }
  return { admitted, refused, open };
}

const WHICH_GROUP: Missing = {
  what: 'the assignment of security groups to the network interfaces of the link',
  remedy: 'Take the snapshot again with credentials that may read network interfaces.',
};

/**
 * The result for a block whose calls have one of several lists of groups. Where the results differ, it is
 * unknown.
 */
function worstFate(entrance: Called, block: Prefix, choices: readonly (readonly string[])[], which: Missing): Fate {
  const only = choices[0];
  if (choices.length === 1 && only !== undefined) return fateWith(entrance, block, only);
  const fates = choices.map((groupIds) => fateWith(entrance, block, groupIds));
  const bad = fates.filter((fate) => fate !== 'in');
  const open = bad.find((fate) => 'missing' in fate);
  if (bad.length === 0) return 'in';
  return open ?? (bad.length === fates.length ? (bad[0] ?? 'in') : { missing: which });
}

function fateWith(entrance: Called, block: Prefix, groupIds: readonly string[]): Fate {
  const isMember = entrance.groups.some(({ id, intraGroup }) => intraGroup === 'allow' && groupIds.includes(id));
  return isMember ? 'in' : fateOf(entrance, block, groupIds);
}

/** An entrance, and why the groups of its callers may be unknown. */
type Called = PortRules & Pick<Source, 'ungrouped'>;

type Fate = 'in' | { readonly missing: Missing } | { readonly by?: PortRule | undefined };

/** Evaluates the rules in their order until a rule matches each address of a block. */
function fateOf(
  { groups, rules, missing, absent, ungrouped }: Called,
  block: Prefix,
  groupIds: readonly string[],
): Fate {
  // Where rules have an order, a group that could not be read may contain a drop that precedes all of these.
  if (missing !== undefined && rules.some(({ rule }) => isOrdered(rule))) return { missing };
  // The part that no rule has matched; undefined while that is the whole block, which needs no set.
  let left: PrefixSet | undefined;
  let unsure: Missing | undefined = missing;
  for (const port of rules) {
    const { rule } = port;
    const drops = rule.action === 'drop';
    const fits = fitOf(port, block, left, groupIds);
    // A rule for a group may be for the link's groups, where those are unknown.
    const mayFit = rule.securityGroupId !== undefined && fits === 'none' ? ungrouped : undefined;
    const open = mayFit ?? (fits === 'none' ? undefined : port.missing);
    if (open !== undefined) {
      // A later rule cannot allow what an unreadable drop rule might have denied.
      if (drops) return { missing: open };
      unsure ??= open;
      continue;
    }
    if (fits === 'none' || fits === 'unread') continue;
    if (drops) return unsure === undefined ? { by: port } : { missing: unsure };
    if (fits === 'all') return 'in';
    left = (left ?? PrefixSet.of([block])).subtract(fits);
    if (left.isEmpty) return 'in';
  }
  if (unsure !== undefined) return { missing: unsure };
  const implicit = groups.some(({ implicit: own }) => own?.in === 'allow');
  return implicit && absent === undefined ? 'in' : {};
}

/**
 * Whether a rule covers the rest of a block: all of it, some, none; `unread` where the rule's peer is
 * unknown.
 */
function fitOf(
  { rule, blocks }: PortRule,
  block: Prefix,
  left: PrefixSet | undefined,
  groupIds: readonly string[],
): 'all' | 'none' | 'unread' | PrefixSet {
  if (rule.securityGroupId !== undefined) return groupIds.includes(rule.securityGroupId) ? 'all' : 'none';
  if (blocks === undefined) return 'unread';
  if (blocks.some((one) => contains(one, block))) return 'all';
  const some = blocks.filter((one) => contains(block, one));
  if (some.length === 0) return 'none';
  const set = PrefixSet.of(some);
  return left === undefined || !left.intersection(set).isEmpty ? set : 'none';
}

/** How the blocks of a rule relate to the blocks that a link calls from. */
export function reachOf(
  blocks: readonly Prefix[],
  source: Source,
): { readonly meets: boolean; readonly more: boolean } {
  let meets = false;
  let more = false;
  for (const block of blocks) {
    const relation = relationTo(block, source.prefixes);
    if (relation === 'apart') more = true;
    else {
      meets = true;
      if (relation === 'around') {
        // Several blocks of the link may cover a wider one completely, if they have enough addresses.
        const enough = source.prefixes.reduce((sum, own) => sum + hostCount(own), 0n) >= hostCount(block);
        if (!enough || !source.set().has(block)) more = true;
      }
    }
  }
  return { meets, more };
}

/** Whether a block is inside one of some others, around one, or apart from all. */
function relationTo(block: Prefix, others: readonly Prefix[]): 'inside' | 'around' | 'apart' {
  let relation: 'around' | 'apart' = 'apart';
  for (const own of others) {
    // Of two blocks, only the one with fewer bits can contain the other.
    if (own === block || (own.bits <= block.bits && contains(own, block))) return 'inside';
    if (own.bits > block.bits && relation === 'apart' && contains(block, own)) relation = 'around';
  }
  return relation;
}
