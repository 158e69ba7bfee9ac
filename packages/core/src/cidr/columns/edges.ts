import { WORDS, compareWords, copyWords, increment, putHighest, type Columns, type Family } from './columns.js';
import { sortColumns } from './sort.js';

/**
 * A set of addresses as the points where membership changes, ascending: in from the first edge, out from the
 * second, in from the third, and so on. An odd number means that the set extends to the last address, so no
 * edge ever needs a 33rd bit.
 */
export interface Edges<F extends Family = Family> {
  readonly family: F;
  readonly count: number;
  /** {@link WORDS} words per edge. */
  readonly at: Uint32Array;
}

/** The empty set. */
export function noEdges<F extends Family>(family: F): Edges<F> {
  return { family, count: 0, at: new Uint32Array(0) };
}

/** The union of blocks. */
export function edgesOf<F extends Family>(columns: Columns<F>): Edges<F> {
  const { family, starts, bits, count } = sortColumns(columns);
  const words = WORDS[family];
  const at = new Uint32Array(count * 2 * words);
  const end = new Uint32Array(words);
  let edges = 0; // an odd number once a run of blocks reaches up to the last address
  for (let position = 0; position < count && edges % 2 === 0; position += 1) {
    const start = position * words;
    const last = (edges - 1) * words;
    const goesOn = edges > 0 && compareWords(starts, start, at, last, words) <= 0;
    const isLast = addressAfter(starts, start, bits[position] as number, words, end);
    if (!goesOn) {
      copyWords(starts, start, at, edges * words, words);
      edges += 1;
      if (isLast) continue;

      copyWords(end, 0, at, edges * words, words);
      edges += 1;
    } else if (isLast) edges -= 1;
    else if (compareWords(end, 0, at, last, words) > 0) copyWords(end, 0, at, last, words);
  }
  return { family, count: edges, at: at.slice(0, edges * words) };
}

/**
 * Writes the address after a block into `end`; true where there is none, because the block is the last of its
 * size.
 */
export function addressAfter(
  starts: Uint32Array,
  start: number,
  bits: number,
  words: number,
  end: Uint32Array,
): boolean {
  putHighest(starts, start, bits, words, end, 0);
  return increment(end, 0, words);
}

/** Which addresses a combination keeps, of those in `a` and those in `b`. */
export type Combination = 'union' | 'intersection' | 'subtract';

const KEEPS: Readonly<Record<Combination, (inA: boolean, inB: boolean) => boolean>> = {
  union: (inA, inB) => inA || inB,
  intersection: (inA, inB) => inA && inB,
  subtract: (inA, inB) => inA && !inB,
};

/** One sweep over the edges of both sets. */
export function combine<F extends Family>(how: Combination, a: Edges<F>, b: Edges<F>): Edges<F> {
  const words = WORDS[a.family];
  const keeps = KEEPS[how];
  const at = new Uint32Array((a.count + b.count) * words);
  let edges = 0;
  for (let i = 0, j = 0; i < a.count || j < b.count;) {
    const order = i === a.count ? 1 : j === b.count ? -1 : compareWords(a.at, i * words, b.at, j * words, words);
    const from = order <= 0 ? a.at : b.at;
    const edge = (order <= 0 ? i : j) * words;
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
    if (keeps(i % 2 === 1, j % 2 === 1) === (edges % 2 === 1)) continue;

    copyWords(from, edge, at, edges * words, words);
    edges += 1;
  }
  return { family: a.family, count: edges, at: at.slice(0, edges * words) };
}

/** All addresses of the family that the set does not hold. */
export function complementOf<F extends Family>({ family, count, at }: Edges<F>): Edges<F> {
  const words = WORDS[family];
  const startsAtZero = count > 0 && at.subarray(0, words).every((word) => word === 0);
  if (startsAtZero) return { family, count: count - 1, at: at.slice(words) };

  const longer = new Uint32Array((count + 1) * words);
  longer.set(at, words);
  return { family, count: count + 1, at: longer };
}

/** The number of edges at or below an address: odd where the set contains it. */
function edgesUpTo({ family, count, at }: Edges, address: Uint32Array, start: number): number {
  const words = WORDS[family];
  let low = 0;
  for (let high = count; low < high;) {
    const middle = (low + high) >>> 1;
    if (compareWords(at, middle * words, address, start, words) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How much of a range a set holds: all, some, or nothing. */
export type Containment = 'inside' | 'partial' | 'outside';

/** Looks up a range, whose first and last address are at `first[at]` and `last[lastAt]`. */
export function containmentOf(
  edges: Edges,
  first: Uint32Array,
  at: number,
  last: Uint32Array,
  lastAt: number,
): Containment {
  const before = edgesUpTo(edges, first, at);
  const after = edgesUpTo(edges, last, lastAt);
  if (before !== after) return 'partial';

  return before % 2 === 1 ? 'inside' : 'outside';
}
