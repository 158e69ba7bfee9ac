import { BucketSort } from './bucket-sort.js';
import { bitsOf4, buckets4, commonBits4, rowOf4, SHIFT4 } from './buckets4.js';
import type { Columns } from './columns.js';
import { HIGH, LOW } from './keyed-rows.js';

/** Sorts many IPv4 blocks, and returns only how they nest: {@link Nesting.entries}. */
export function nestBuckets4(columns: Columns): Uint32Array {
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
