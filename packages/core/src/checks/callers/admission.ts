import { contains, hostCount, type Prefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';
import type { SecurityGroup, SecurityGroupRule } from '../../model/network.js';
import type { Missing, RegionIndex } from '../../world/views.js';
import { readBlock, readBlocks, readPlace } from '../../network/block-set.js';
import { fewPortsDropped } from '../../network/groups/source-ports.js';
import { isEverything, narrowedMissing } from '../../findings/evidence.js';
import { rulesByPort } from '../../network/groups/rules-by-port.js';
import type { Source, SourceBlock } from '../../network/sources/link-source.js';

/** The groups that filter what comes to one port of one thing. */
export interface Guard {
  readonly region: RegionIndex;
  /** `orders-alb`, `i-1 (10.0.1.5)`. */
  readonly what: string;
  readonly groupIds: readonly string[];
  readonly port: number;
  /** Set where it is not known that rules for the link's groups hold, since calls come over a way that may hide them. */
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

/** What the groups of a guard let in on its port. */
export interface Entrance {
  readonly groups: readonly SecurityGroup[];
  /** Incoming rules for the port: lowest priority number first and, of equal ones, a drop before an allow. */
  readonly rules: readonly PortRule[];
  /** A group that could not be read. */
  readonly missing?: Missing | undefined;
  /** A group that is not there. */
  readonly absent?: string | undefined;
}

const memory = new WeakMap<RegionIndex, Map<string, Entrance>>();

/** So many are remembered: of a region of any size they would take more memory than its rules themselves. */
const MOST_REMEMBERED = 20_000;

/** What the groups of a guard let in: each combination of groups and port is read once for all checks. */
export function entranceOf(guard: Guard): Entrance {
  const known = entrances.get(guard);
  if (known !== undefined) return known;
  const own = sharedEntrance(guard);
  if (remembered === MOST_REMEMBERED) [entrances, remembered] = [new WeakMap(), 0];
  entrances.set(guard, own);
  remembered += 1;
  return own;
}

/** A guard is one for all checks that ask for what it guards. */
let entrances = new WeakMap<Guard, Entrance>();
let remembered = 0;

function sharedEntrance(guard: Guard): Entrance {
  const here = memory.get(guard.region) ?? new Map<string, Entrance>();
  memory.set(guard.region, here);
  const key = `${guard.port} ${guard.groupIds.join(' ')}`;
  const known = here.get(key);
  if (known !== undefined) return known;
  const made = readEntrance(guard);
  if (here.size === MOST_REMEMBERED) here.clear();
  here.set(key, made);
  return made;
}

function readEntrance({ region, groupIds, port }: Guard): Entrance {
  const groups: SecurityGroup[] = [];
  let missing: Missing | undefined;
  let absent: string | undefined;
  for (const id of groupIds.length < 2 ? groupIds : new Set(groupIds)) {
    const group = region.find('securityGroups', id);
    if (group.is === 'found') groups.push(group.value);
    else if (group.is === 'unknown') missing ??= group.missing;
    else absent ??= id;
  }
  const rules: PortRule[] = [];
  for (const group of groups) {
    const places = rulesByPort(group, 'in', port);
    for (let at = 0; at < places.length; at += 1) {
      const rule = group.rules[places[at] as number];
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
  if (isEverything(rule)) return true;
  if (rule.protocol !== 'tcp' && !['tcp', '6'].includes(rule.protocol.toLowerCase())) return false;
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
  const { cidrBlock, prefixListId, portListId } = rule;
  const unread =
    portListId === undefined
      ? narrowedMissing(rule)
      : { what: `the ports of ${portListId}`, remedy: `Look at the ports of ${portListId}.` };
  if (cidrBlock !== undefined) {
    const block = readPlace(cidrBlock);
    if (block !== undefined) return { blocks: [block], missing: unread };
    const remedy = `Write a block with no host bits instead of ${cidrBlock}.`;
    return { missing: { what: `whom a rule for ${JSON.stringify(cidrBlock)} is about`, remedy } };
  }
  if (prefixListId === undefined) return { missing: unread };
  const list = region.find('prefixLists', prefixListId);
  const missing =
    list.is === 'unknown'
      ? list.missing
      : (region.missing('prefixLists', prefixListId) ?? {
          what: `the blocks of prefix list ${prefixListId}`,
          remedy: `Look at the blocks of ${prefixListId}.`,
        });
  if (list.is !== 'found' || list.value.cidrBlocks === undefined) return { missing };
  return { blocks: readBlocks(list.value.cidrBlocks), missing: unread };
}

/** What becomes of a link's calls at an entrance. */
export interface Admission {
  /** Blocks that are surely let in, whole. */
  readonly admitted: readonly string[];
  /** Blocks of which some address is surely kept out, and the rule that keeps it out where one does. */
  readonly refused: readonly { readonly text: string; readonly of: string; readonly by?: PortRule | undefined }[];
  /** Blocks of which nobody can say, and why. */
  readonly open: readonly { readonly text: string; readonly missing: Missing }[];
}

/** Says for each block of a source whether the groups let its calls in. */
export function admissionOf(entrance: Entrance, source: Source): Admission {
  const admitted: string[] = [];
  const refused: { text: string; of: string; by?: PortRule | undefined }[] = [];
  const open: { text: string; missing: Missing }[] = [];
  const all = [source.groupIds];
  const called: Called = source.ungrouped === undefined ? entrance : { ...entrance, ungrouped: source.ungrouped };
  for (let at = 0; at < source.blocks.length; at += 1) {
    const { text, of, groupIds = all, which = WHICH_GROUP } = source.blocks[at] as SourceBlock;
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
  what: 'which of its security groups the link has there',
  remedy: 'Take the snapshot again with credentials that may read network interfaces.',
};

/** What becomes of a block whose calls carry one of several lists of groups; where these differ, nobody can say. */
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

/** An entrance, and why calls that come to it may carry groups that nobody knows. */
type Called = Entrance & Pick<Source, 'ungrouped'>;

type Fate = 'in' | { readonly missing: Missing } | { readonly by?: PortRule | undefined };

/** Goes through the rules in their order until each address of a block has met one that fits it. */
function fateOf(
  { groups, rules, missing, absent, ungrouped }: Called,
  block: Prefix,
  groupIds: readonly string[],
): Fate {
  // Where rules have an order, a group that could not be read may hold a drop that goes before all of these.
  if (missing !== undefined && rules.some(({ rule }) => isOrdered(rule))) return { missing };
  // What no rule took yet; undefined while that is the whole block, which needs no set.
  let left: PrefixSet | undefined;
  let unsure: Missing | undefined = missing;
  for (let at = 0; at < rules.length; at += 1) {
    const port = rules[at] as PortRule;
    const { rule } = port;
    const drops = rule.action === 'drop';
    const fits = fitOf(port, block, left, groupIds);
    // Whether a rule for a group is for the link's, where nobody knows those.
    const mayFit = rule.securityGroupId !== undefined && fits === 'none' ? ungrouped : undefined;
    const open = mayFit ?? (fits === 'none' ? undefined : port.missing);
    if (open !== undefined) {
      // What a drop that nobody can read would have kept out cannot be let in by what comes after it.
      if (drops) return { missing: open };
      unsure ??= open;
      continue;
    }
    if (fits === 'none' || fits === 'unread') continue;
    if (drops) return unsure === undefined ? { by: port } : { missing: unsure };
    if (fits === 'all') return 'in';
    left = (left ?? PrefixSet.of([block])).difference(fits);
    if (left.isEmpty) return 'in';
  }
  if (unsure !== undefined) return { missing: unsure };
  const implicit = groups.some(({ implicit: own }) => own?.in === 'allow');
  return implicit && absent === undefined ? 'in' : {};
}

/** Whether a rule is about what is left of a block: all of it, some, none; `unread` where nobody knows what it names. */
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

/** How what a rule names lies to where a link calls from. */
export function reachOf(
  blocks: readonly Prefix[],
  source: Source,
): { readonly meets: boolean; readonly more: boolean } {
  let meets = false;
  let more = false;
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as Prefix;
    if (source.prefixes.some((own) => own === block || contains(own, block))) meets = true;
    else if (source.prefixes.some((own) => contains(block, own))) {
      meets = true;
      // Several blocks of the link may make up all of a wider one, if they are enough.
      const enough = source.prefixes.reduce((sum, own) => sum + hostCount(own), 0n) >= hostCount(block);
      if (!enough || !source.set().has(block)) more = true;
    } else more = true;
  }
  return { meets, more };
}
