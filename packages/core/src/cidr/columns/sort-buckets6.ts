import { BucketSort } from './bucket-sort.js';
import { buckets6, DEEP, type Buckets6 } from './buckets6.js';
import { commonBitsOf, type Columns, type Sorted } from './columns.js';
import { HIGH, LOW, type KeyedRows } from './keyed-rows.js';
import { sortRows } from './radix.js';

/** Sorts many IPv6 blocks. */
export function sortBuckets6<F extends 4 | 6>(columns: Columns<F>): Sorted<F> {
  const { family, count } = columns;
  const buckets = buckets6(columns);
  const sort = new BucketSort(buckets);
  const sorted: Sorted<F> = {
    family,
    count,
    starts: new Uint32Array(count * 4),
    bits: new Uint8Array(count),
    order: new Uint32Array(count),
  };
  for (let size = sort.next(), at = 0; size > 0; at += size, size = sort.next()) {
    if (buckets.hasDeep) sortDeep(columns, sort.sorted, size);
    putRows(columns, buckets, sort, size, sorted, at);
  }
  return sorted;
}

/** Where keys are the same and do not hold all of the blocks, the blocks are compared. */
function sortDeep({ starts, bits }: Columns, { keys, halves, rows }: KeyedRows, size: number): void {
  for (let at = 0, end = 1; at < size; at = end, end += 1) {
    if (((halves[2 * at + LOW] as number) & 127) !== DEEP) continue;

    while (end < size && keys[end] === keys[at]) end += 1;
    if (end - at > 1) sortRows(starts, bits, 4, rows.subarray(at, end));
  }
}

function putRows(
  columns: Columns,
  { word, heads }: Buckets6,
  { bucket, sorted: { halves, rows } }: BucketSort,
  size: number,
  { starts, bits, order }: Sorted,
  begin: number,
): void {
  const head = heads[bucket] as number;
  const above = columns.starts[0] as number;
  for (let from = 0; from < size; from += 1) {
    const high = halves[2 * from + HIGH] as number;
    const low = halves[2 * from + LOW] as number;
    const row = rows[from] as number;
    const at = begin + from;
    order[at] = row;
    // The key's highest bit does not belong to the address.
    starts[4 * at + word] = head | ((high << 2) >>> 9);
    starts[4 * at + word + 1] = (high << 25) | (low >>> 7);
    if (word === 1) starts[4 * at] = above;
    const length = low & 127;
    bits[at] = length;
    if (length !== DEEP) continue; // nearly all: what is beyond the key is zero

    bits[at] = columns.bits[row] as number;
    starts[4 * at + 2] = columns.starts[4 * row + 2] as number;
    starts[4 * at + 3] = columns.starts[4 * row + 3] as number;
  }
}

/** Sorts many IPv6 blocks, and returns only how they nest: {@link Nesting.entries}. */
export function nestBuckets6(columns: Columns): Uint32Array {
  const { starts, bits } = columns;
  const buckets = buckets6(columns);
  const sort = new BucketSort(buckets);
  const { rows } = sort.sorted;
  // The sorted data overwrites its input.
  const entries = buckets.content.halves;
  for (let size = sort.next(), at = 0, before = 0; size > 0; at += size, size = sort.next()) {
    if (buckets.hasDeep) sortDeep(columns, sort.sorted, size);
    putEntries(columns, 32 * buckets.word, sort.sorted, size, entries, at);
    const row = rows[0] as number;
    const common = at === 0 ? 0 : commonBitsOf(starts, 4 * before, 4 * row, 4);
    entries[2 * at + 1] = (common << 8) | (bits[row] as number);
    before = rows[size - 1] as number;
  }
  return entries;
}

/** Writes the entries of a bucket; that of the first as if it were its own predecessor. */
function putEntries(
  { starts, bits }: Columns,
  above: number,
  { halves, rows }: KeyedRows,
  size: number,
  entries: Uint32Array,
  begin: number,
): void {
  let high = halves[HIGH] as number;
  let low = halves[LOW] as number;
  let before = rows[0] as number;
  for (let from = 0; from < size; from += 1) {
    const nextHigh = halves[2 * from + HIGH] as number;
    const nextLow = halves[2 * from + LOW] as number;
    const row = rows[from] as number;
    let length = nextLow & 127;
    // The keys leave the last seven bits to the length. Where their address bits are equal, the result is not less than
    // either length, which is all that is asked of it.
    let common = above + (high === nextHigh ? 39 + Math.clz32(low ^ nextLow) : 7 + Math.clz32(high ^ nextHigh));
    if (length === DEEP) {
      length = bits[row] as number;
      common = commonBitsOf(starts, 4 * before, 4 * row, 4);
    }
    entries[2 * (begin + from)] = row;
    entries[2 * (begin + from) + 1] = (common << 8) | length;
    high = nextHigh;
    low = nextLow;
    before = row;
  }
}
