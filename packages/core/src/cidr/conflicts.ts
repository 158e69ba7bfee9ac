import { columnsOf, type Family } from './columns/columns.js';
import { ConflictWalk } from './columns/conflict-walk.js';
import type { Prefix } from './prefix.js';

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

/** The number of pairs per fetch. */
const PIECE = 1024;

/**
 * Every pair of overlapping blocks, one at a time, in O(n log n + k): IPv4 before IPv6, by the narrower
 * block's address, and then by the wider one. Equal blocks are pairs as well: m of them are m(m−1)/2.
 *
 * ```ts
 * const found = [...conflicts(['10.0.0.0/16', '10.0.4.0/22'].map((text) => parsePrefix(text)))];
 * ```
 */
export function* conflicts(prefixes: readonly Prefix[]): Generator<Conflict, void, undefined> {
  for (const family of [4, 6] as const) {
    const indexes = indexesOf(prefixes, family);
    const walk = new ConflictWalk(columnsOf(prefixes, family));
    const pairs = new Uint32Array(PIECE * 2);
    for (let found = walk.next(pairs); found > 0; found = walk.next(pairs)) {
      for (let pair = 0; pair < found; pair += 1) {
        const aIndex = indexes[pairs[2 * pair] ?? 0] ?? 0;
        const bIndex = indexes[pairs[2 * pair + 1] ?? 0] ?? 0;
        const [a, b] = [prefixes[aIndex], prefixes[bIndex]];
        if (!a || !b) return;
        yield { a, b, relation: a.bits === b.bits ? 'equals' : 'contains', overlap: b, aIndex, bIndex };
      }
    }
  }
}

function indexesOf(prefixes: readonly Prefix[], family: Family): readonly number[] {
  return prefixes.flatMap(({ address }, index) => (address.family === family ? [index] : []));
}
