import { notGiven } from './ip-address.js';
import { blockFrom, contains, formatPrefix, type Prefix } from './prefix.js';
import { comparePrefixes } from './range.js';

/** Two blocks that share addresses. One of two such blocks always holds the other. */
export interface Conflict {
  /** The wider one, or of two equal ones the earlier. */
  readonly a: Prefix;
  readonly b: Prefix;
  /** The relation of `a` to `b`. */
  readonly relation: 'equals' | 'contains';
  /** The addresses that both have: all of `b`. */
  readonly overlap: Prefix;
  /** The index of each block in the given list. */
  readonly aIndex: number;
  readonly bIndex: number;
}

/**
 * Every pair of overlapping blocks, one at a time, in O(n log n + k): IPv4 before IPv6, by the narrower
 * block's address, and then by the wider one. Equal blocks are pairs as well: m of them are m(m−1)/2.
 *
 * ```ts
 * for (const { a, relation, b } of conflicts(['10.0.0.0/16', '10.0.4.0/22'])) console.log(`${a} ${relation} ${b}`);
 * ```
 *
 * @throws {InvalidInputError} `INVALID_PREFIX`, `INVALID_INPUT` where what is given has another form.
 */
export function conflicts(blocks: readonly (Prefix | string)[]): Generator<Conflict, void, undefined> {
  if (!Array.isArray(blocks)) throw notGiven(blocks, 'a list of blocks', "['10.0.0.0/16']");

  return pairsOf(blocks.map(blockFrom));
}

/** How many pairs of equal blocks {@link conflicts} finds, and how many of a block inside a wider one, in O(n log n). */
export function countConflicts(blocks: readonly Prefix[]): { readonly equals: number; readonly contains: number } {
  let [equals, all, same] = [0, 0, 0];
  for (const { prefix, around } of nested(blocks)) {
    same = around.at(-1)?.prefix.bits === prefix.bits ? same + 1 : 0;
    equals += same;
    all += around.length;
  }
  return { equals, contains: all - equals };
}

function* pairsOf(prefixes: readonly Prefix[]): Generator<Conflict, void, undefined> {
  for (const { prefix: b, index: bIndex, around } of nested(prefixes)) {
    for (const { prefix: a, index: aIndex } of around)
      yield { a, b, relation: a.bits === b.bits ? 'equals' : 'contains', overlap: b, aIndex, bIndex };
  }
}

interface Placed {
  readonly prefix: Prefix;
  readonly index: number;
}

/** Each block by address, with the blocks before it that contain it, the widest first. The list is reused. */
function* nested(prefixes: readonly Prefix[]): Generator<Placed & { readonly around: readonly Placed[] }> {
  const around: Placed[] = [];
  const placed = prefixes.map((prefix, index): Placed => ({ prefix, index }));
  for (const one of placed.toSorted((a, b) => comparePrefixes(a.prefix, b.prefix) || a.index - b.index)) {
    for (let inner = around.at(-1); inner && !contains(inner.prefix, one.prefix); inner = around.at(-1)) around.pop();
    yield { ...one, around };
    around.push(one);
  }
}

/** Blocks that all share addresses with the widest of them. */
export interface ConflictGroup {
  /** The widest block. */
  readonly widest: Prefix;
  /** The index of its first occurrence in the list. */
  readonly index: number;
  /** The indexes of the blocks that are contained in it or equal to it, ordered by address. */
  readonly others: readonly number[];
  /** One sentence: `10.0.0.0/8 holds 10.1.0.0/16 (twice) and 10.2.0.0/16.` */
  readonly sentence: string;
}

/** How conflicts are grouped. */
export interface SummariseOptions {
  /** What to call a block of the list, such as `10.0.0.0/8 (subnet-1)`; by default itself. */
  readonly nameOf?: ((prefix: Prefix, index: number) => string) | undefined;
  /** How many blocks a sentence names before it counts the rest; default 5. */
  readonly atMost?: number | undefined;
}

/** Describes overlaps in one sentence for each widest block, not one for each pair. */
export function summarise(
  conflicts: Iterable<Conflict>,
  { nameOf = (prefix) => formatPrefix(prefix), atMost = 5 }: SummariseOptions = {},
): readonly ConflictGroup[] {
  const groups = new Map<number, { readonly widest: Prefix; readonly others: Map<number, Prefix> }>();
  const seen = new Set<number>();
  for (const { a, aIndex, b, bIndex } of conflicts) {
    // The pairs of a block come with the widest container first: that one heads the group.
    if (seen.has(bIndex)) continue;

    seen.add(bIndex);
    const group = groups.get(aIndex) ?? { widest: a, others: new Map<number, Prefix>() };
    groups.set(aIndex, group);
    group.others.set(bIndex, b);
  }
  return [...groups].map(([index, { widest, others }]) => ({
    widest,
    index,
    others: [...others.keys()],
    sentence: sentenceOf(nameOf(widest, index), widest, others, nameOf, atMost),
  }));
}

function sentenceOf(
  name: string,
  widest: Prefix,
  others: ReadonlyMap<number, Prefix>,
  nameOf: (prefix: Prefix, index: number) => string,
  atMost: number,
): string {
  const times = new Map<string, number>();
  const repeats = new Map<string, number>();
  for (const [index, prefix] of others) {
    const list = isSame(prefix, widest) ? repeats : times;
    const shown = nameOf(prefix, index);
    list.set(shown, (list.get(shown) ?? 0) + 1);
  }
  const inside = enumerate(times, atMost);
  const same = [...repeats].reduce((sum, [, count]) => sum + count, 0);
  const anew =
    same === 0
      ? ''
      : repeats.has(name) && repeats.size === 1
        ? `is in the list ${count(same + 1)}`
        : `is the same as ${enumerate(repeats, atMost)}`;
  return `${name} ${[anew, inside === '' ? '' : `holds ${inside}`].filter((part) => part !== '').join(' and ')}.`;
}

/** `a, b (twice) and 3 others`. */
function enumerate(times: ReadonlyMap<string, number>, atMost: number): string {
  const names = [...times].map(([name, number]) => (number === 1 ? name : `${name} (${count(number)})`));
  const rest = names.length - atMost;
  // "and 1 other" is less useful than its name.
  const shown = rest > 1 ? [...names.slice(0, atMost), `${rest} others`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

function count(number: number): string {
  return number === 2 ? 'twice' : `${number} times`;
}

function isSame(a: Prefix, b: Prefix): boolean {
  return a.bits === b.bits && a.address.family === b.address.family && a.address.value === b.address.value;
}
