import { contains, hostCount, type Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { Missing } from '../../../do/world/views.js';
import { readBlock } from '../../path/model/group-set.js';
import type { Source } from '../../path/sources/link-source.js';
import { type PortRule, type PortRules, isOrdered } from './port-rules.js';

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

/** The result for a block whose calls have one of several lists of groups. Where the results differ, it is unknown. */
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

/** Whether a rule covers the rest of a block: all of it, some, none; `unread` where the rule's peer is unknown. */
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
