import { WORDS, commonBitsOf, type Columns, type Sorted } from './columns.js';
import { isMany, isSorted, sortColumns } from './sort.js';
import { nestBuckets6 } from './sort-buckets6.js';
import { BucketSort, type Buckets } from './bucket-sort.js';
import { HIGH, LOW, keyedRows } from './keyed-rows.js';

/** A row has 24 bits in a key. */
const MOST_ROWS4 = 2 ** 24;
/**
 * The first address bit in a key: there is one bucket per /10, few enough that writes to all in turn are
 * fast.
 */
const SHIFT4 = 22;
const REST = 2 ** SHIFT4 - 1;
/**
 * From 2⁵² on the lower 52 bits of a double are an integer, so a key can be computed as one, and written in
 * one store.
 */
const WHOLE = 2 ** 52;
const WHOLE_HIGH = 0x43300000;

/*
 * A key has 52 bits: 22 address bits after those of the bucket, 6 for the length, 24 for the row. So equal
 * blocks have different keys.
 */

/** The length of the block whose key has this lower word. */
const bitsOf4 = (low: number): number => (low >>> 24) & 63;
/** Its row. */
const rowOf4 = (low: number): number => low & 0xffffff;

/** How many leading bits two addresses of one bucket have in common; at least 32 if they are equal. */
const commonBits4 = (high: number, low: number, nextHigh: number, nextLow: number): number =>
  high === nextHigh ? 30 + Math.clz32(low ^ nextLow) : Math.clz32(high ^ nextHigh) - 2;

/** Distributes up to {@link MOST_ROWS4} IPv4 blocks to buckets by the leading bits of the address. */
function buckets4({ starts, bits, count }: Columns): Buckets {
  const buckets = 2 ** (32 - SHIFT4);
  const ends = new Uint32Array(buckets + 1);
  for (let row = 0; row < count; row += 1) {
    const after = ((starts[row] as number) >>> SHIFT4) + 1;
    ends[after] = (ends[after] as number) + 1;
  }
  for (let after = 1; after <= buckets; after += 1) ends[after] = (ends[after] as number) + (ends[after - 1] as number);
  const content = keyedRows(count, false);
  const { keys } = content;
  for (let row = 0; row < count; row += 1) {
    const start = starts[row] as number;
    const bucket = start >>> SHIFT4;
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    keys[place] = WHOLE + (start & REST) * 2 ** 30 + (((bits[row] as number) << 24) | row);
  }
  return {
    content,
    ends: ends.subarray(0, buckets),
    bases: new Uint32Array(buckets).fill(WHOLE_HIGH),
    width: 20,
    lowMask: ~0xffffff,
  };
}

/** Sorted blocks without their addresses: only the data that determines their nesting. */
export interface Nesting {
  readonly count: number;
  /**
   * Two words for each position: the row in the columns; and the length in the lower eight bits, above them
   * the number of leading bits that the address has in common with the previous one. (Where that equals the
   * previous block's length, the actual number may be smaller.)
   */
  readonly entries: Uint32Array;
}

/** Sorts blocks and returns how they nest. */
export function nestColumns(columns: Columns): Nesting {
  const { family, count } = columns;
  const isTooMany = family === 4 && count > MOST_ROWS4;
  if (!isMany(columns) || isTooMany || isSorted(columns)) return nestSorted(sortColumns(columns));

  return { count, entries: family === 4 ? nestBuckets4(columns) : nestBuckets6(columns) };
}

/** Returns how sorted blocks nest. */
export function nestSorted({ family, starts, bits, order, count }: Sorted): Nesting {
  const words = WORDS[family];
  const entries = new Uint32Array(count * 2);
  for (let position = 0; position < count; position += 1) {
    const at = position * words;
    const common = position === 0 ? 0 : commonBitsOf(starts, at - words, at, words);
    entries[2 * position] = order[position] as number;
    entries[2 * position + 1] = (common << 8) | (bits[position] as number);
  }
  return { count, entries };
}

/**
 * For each position of sorted blocks the position of the innermost block that contains it, of equal ones the
 * previous one; −1 for none. Blocks never overlap partly, so these describe all overlaps. One sweep.
 */
export function parentsOf({ count, entries }: Nesting): Int32Array {
  const parents = new Int32Array(count);
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    // All open blocks contain the previous one: those not longer than its common bits with this one contain
    // this one, too.
    const common = (entries[2 * position + 1] as number) >>> 8;
    while (open !== -1 && ((entries[2 * open + 1] as number) & 255) > common) open = parents[open] as number;
    parents[position] = open;
    open = position;
  }
  return parents;
}

/** Sorts many IPv4 blocks, and returns only how they nest: {@link Nesting.entries}. */
function nestBuckets4(columns: Columns): Uint32Array {
  const buckets = buckets4(columns);
  const sort = new BucketSort(buckets);
  // The sorted data overwrites its input.
  const entries = buckets.content.halves;
  for (let size = sort.next(), at = 0, before = 0; size > 0; at += size, size = sort.next()) {
    putEntries(sort.sorted.halves, size, entries, at);
    const common = at === 0 ? 0 : Math.clz32((before ^ sort.bucket) << SHIFT4);
    entries[2 * at + 1] = (common << 8) | ((entries[2 * at + 1] as number) & 255);
    before = sort.bucket;
  }
  return entries;
}

/** Writes the entries of a bucket; that of the first as if it were its own predecessor. */
function putEntries(halves: Uint32Array, size: number, entries: Uint32Array, begin: number): void {
  let high = halves[HIGH] as number;
  let low = halves[LOW] as number;
  for (let from = 0; from < size; from += 1) {
    const nextHigh = halves[2 * from + HIGH] as number;
    const nextLow = halves[2 * from + LOW] as number;
    const to = 2 * (begin + from);
    entries[to] = rowOf4(nextLow);
    entries[to + 1] = (commonBits4(high, low, nextHigh, nextLow) << 8) | bitsOf4(nextLow);
    high = nextHigh;
    low = nextLow;
  }
}
