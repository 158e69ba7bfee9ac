import { PrefixSet } from '../../cidr/prefix-set.js';
import type { SecurityGroup, SecurityGroupRule } from '../../model/network.js';
import type { Missing, RegionIndex } from '../check.js';
import { readBlocks } from './block-set.js';
import { isEverything } from './evidence.js';
import type { Source } from './source.js';

/** The groups that filter what comes to one port of one thing. */
export interface Guard {
  readonly region: RegionIndex;
  /** `orders-alb`, `i-1 (10.0.1.5)`. */
  readonly what: string;
  readonly groupIds: readonly string[];
  readonly port: number;
}

/** A rule of one of the groups that is about the port. */
export interface PortRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
  /** What it names by blocks, prefix lists resolved; undefined where it names a group, or what it names is not known. */
  readonly blocks?: PrefixSet | undefined;
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

/** Reads entrances, each combination of groups and port once. */
export type Entrances = (guard: Guard) => Entrance;

/** Makes a memory of entrances for one run of a check. */
export function entrances(): Entrances {
  const memory = new Map<RegionIndex, Map<string, Entrance>>();
  return (guard) => {
    const here = memory.get(guard.region) ?? new Map<string, Entrance>();
    memory.set(guard.region, here);
    const key = `${guard.port} ${guard.groupIds.join(' ')}`;
    const known = here.get(key);
    if (known !== undefined) return known;
    const made = readEntrance(guard);
    here.set(key, made);
    return made;
  };
}

function readEntrance({ region, groupIds, port }: Guard): Entrance {
  const groups: SecurityGroup[] = [];
  let missing: Missing | undefined;
  let absent: string | undefined;
  for (const id of new Set(groupIds)) {
    const group = region.find('securityGroups', id);
    if (group.is === 'found') groups.push(group.value);
    else if (group.is === 'unknown') missing ??= group.missing;
    else absent ??= id;
  }
  const rules = groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      if (rule.direction !== 'in' || !fitsPort(rule, port)) return [];
      return [{ group, rule, ...namedBy(region, rule) }];
    }),
  );
  return {
    groups,
    rules: rules.some(({ rule }) => isOrdered(rule)) ? rules.toSorted(byOrder) : rules,
    missing,
    absent,
  };
}

function fitsPort(rule: SecurityGroupRule, port: number): boolean {
  if (isEverything(rule)) return true;
  if (!['tcp', '6'].includes(rule.protocol.toLowerCase())) return false;
  // Which ports a list holds was not read; it may hold this one.
  return rule.portListId !== undefined || (rule.fromPort <= port && port <= rule.toPort);
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
      ? undefined
      : { what: `the ports of ${portListId}`, remedy: `Look at the ports of ${portListId}.` };
  if (cidrBlock !== undefined) return { blocks: PrefixSet.of(readBlocks([cidrBlock])), missing: unread };
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
  return { blocks: PrefixSet.of(readBlocks(list.value.cidrBlocks)), missing: unread };
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
  const isMember = entrance.groups.some(({ id, intraGroup }) => intraGroup === 'allow' && source.groupIds.includes(id));
  for (const { text, of } of source.blocks) {
    const fate = isMember ? 'in' : fateOf(entrance, PrefixSet.of(readBlocks([text])), source.groupIds);
    if (fate === 'in') admitted.push(text);
    else if ('missing' in fate) open.push({ text, missing: fate.missing });
    else refused.push({ text, of, by: fate.by });
  }
  return { admitted, refused, open };
}

type Fate = 'in' | { readonly missing: Missing } | { readonly by?: PortRule | undefined };

/** Goes through the rules in their order until each address of a block has met one that fits it. */
function fateOf({ groups, rules, missing, absent }: Entrance, block: PrefixSet, groupIds: readonly string[]): Fate {
  // Where rules have an order, a group that could not be read may hold a drop that goes before all of these.
  if (missing !== undefined && rules.some(({ rule }) => isOrdered(rule))) return { missing };
  let left = block;
  let unsure: Missing | undefined = missing;
  for (const port of rules) {
    const { rule, blocks } = port;
    const drops = rule.action === 'drop';
    const fits =
      rule.securityGroupId === undefined
        ? blocks && left.intersection(blocks)
        : groupIds.includes(rule.securityGroupId)
          ? left
          : undefined;
    if (port.missing !== undefined && (fits === undefined || !fits.isEmpty)) {
      // What a drop that nobody can read would have kept out cannot be let in by what comes after it.
      if (drops) return { missing: port.missing };
      unsure ??= port.missing;
      continue;
    }
    if (fits === undefined || fits.isEmpty) continue;
    if (drops) return unsure === undefined ? { by: port } : { missing: unsure };
    left = left.difference(fits);
    if (left.isEmpty) return 'in';
  }
  if (unsure !== undefined) return { missing: unsure };
  const implicit = groups.some(({ implicit: own }) => own?.in === 'allow');
  return implicit && absent === undefined ? 'in' : {};
}
