import { WORDS, type Columns, type Family } from '../../../src/cidr/columns/columns.js';

/** What many blocks have in common. The other bits are random. */
export interface Shape {
  readonly family: Family;
  readonly count: number;
  readonly seed: number;
  /** For each word of the addresses the bits that differ between blocks, and the value of the others. */
  readonly varying: readonly number[];
  readonly fixed: readonly number[];
  /** The shortest and the longest length. */
  readonly lengths: readonly [number, number];
  /** How often each address is used, with lengths from the shortest to the longest in turn: chains. */
  readonly chain?: number | undefined;
  /** The share of blocks that are equal. */
  readonly alike?: number | undefined;
}

/** Mulberry32, so that a failure can be repeated. */
export function words32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Blocks of a shape, in no order. */
export function manyBlocks({ family, count, seed, varying, fixed, lengths, chain = 1, alike = 0 }: Shape): Columns {
  const next = words32(seed);
  const words = WORDS[family];
  const starts = new Uint32Array(count * words);
  const bits = new Uint8Array(count);
  const [shortest, longest] = lengths;
  const address = new Uint32Array(words);
  const rows = shuffled(count, next);
  for (const [index, row] of rows.entries()) {
    if (index % chain === 0)
      for (let word = 0; word < words; word += 1) address[word] = (fixed[word] ?? 0) ^ (next() & (varying[word] ?? 0));
    const isAlike = next() < alike * 2 ** 32;
    const along = chain > 1 ? index % chain : next();
    const length = isAlike ? longest : shortest + (along % (longest - shortest + 1));
    bits[row] = length;
    for (let word = 0; word < words; word += 1)
      starts[row * words + word] = cut(isAlike ? (fixed[word] ?? 0) : (address[word] ?? 0), length - 32 * word);
  }
  return { family, count, starts, bits };
}

/** The first bits of a word, the others zero. */
export function cut(word: number, bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? word >>> 0 : (word & (-1 << (32 - bits))) >>> 0;
}

function shuffled(count: number, next: () => number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    const other = next() % (at + 1);
    rows[at] = rows[other] ?? 0;
    rows[other] = at;
  }
  return rows;
}

/** The rows in order, by comparison: address, then the wider block, then input order. */
export function orderByComparing({ family, count, starts, bits }: Columns): number[] {
  const words = WORDS[family];
  return Array.from({ length: count }, (_, row) => row).sort((a, b) => {
    for (let word = 0; word < words; word += 1) {
      const apart = (starts[a * words + word] ?? 0) - (starts[b * words + word] ?? 0);
      if (apart !== 0) return apart;
    }
    return (bits[a] ?? 0) - (bits[b] ?? 0) || a - b;
  });
}

/**
 * All pairs of blocks that overlap, [wider, narrower] one after the other: for each block, in order, those that contain the one
 * before and also contain it, by their first bits.
 */
export function pairsByComparing(columns: Columns): number[] {
  const { family, starts, bits } = columns;
  const words = WORDS[family];
  const holds = (outer: number, row: number): boolean => {
    const length = bits[outer] ?? 0;
    for (let word = 0; word < words && 32 * word < length; word += 1)
      if (starts[outer * words + word] !== cut(starts[row * words + word] ?? 0, length - 32 * word)) return false;
    return true;
  };
  const pairs: number[] = [];
  let around: number[] = [];
  for (const row of orderByComparing(columns)) {
    around = around.filter((outer) => holds(outer, row));
    for (const outer of around) pairs.push(outer, row);
    around.push(row);
  }
  return pairs;
}
