import type { Columns, Sorted } from './columns.js';
import { sortRows } from './radix.js';

/** From this many rows in one bucket on, comparing them one by one would be too slow. */
const MANY = 48;

/**
 * Sorts IPv4 blocks: one pass distributes them to 65,536 buckets by the upper half of the address. The rest
 * to compare, the lower half and the length, fits in one word, and the few blocks of a bucket are in the
 * processor's first-level cache. In the common case this takes two thirds of the time of radix passes; a
 * bucket with many blocks is sorted by those.
 */
export function sortBuckets<F extends 4 | 6>({ family, starts, bits, count }: Columns<F>): Sorted<F> {
  const shift = 32 - bucketBits(count);
  const low = 2 ** shift - 1;
  const ends = new Uint32Array(2 ** (32 - shift) + 1);
  for (let row = 0; row < count; row += 1) {
    const bucket = ((starts[row] as number) >>> shift) + 1;
    ends[bucket] = (ends[bucket] as number) + 1;
  }
  for (let bucket = 1; bucket < ends.length; bucket += 1)
    ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number);
  const keys = new Uint32Array(count);
  const order = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) {
    const start = starts[row] as number;
    const bucket = start >>> shift;
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    keys[place] = ((start & low) << 6) | (bits[row] as number);
    order[place] = row;
  }
  const sortedBits = new Uint8Array(count);
  for (let bucket = 0, from = 0; from < count; bucket += 1) {
    const to = ends[bucket] as number;
    if (to - from > MANY) {
      sortRows(starts, bits, 1, order.subarray(from, to));
      for (let at = from; at < to; at += 1) {
        const row = order[at] as number;
        sortedBits[at] = bits[row] as number;
        keys[at] = starts[row] as number;
      }
    } else {
      insertKeys(keys, order, from, to);
      for (let at = from; at < to; at += 1) {
        const key = keys[at] as number;
        sortedBits[at] = key & 63;
        keys[at] = (bucket << shift) | (key >>> 6);
      }
    }
    from = to;
  }
  return { family, count, starts: keys, bits: sortedBits, order };
}

/**
 * The number that results in about four blocks per bucket, and leaves space for a length next to the rest of
 * an address.
 */
function bucketBits(count: number): number {
  return Math.min(20, Math.max(16, 30 - Math.clz32(count)));
}

/** Sorts the rows of a bucket, equal ones in input order. */
function insertKeys(keys: Uint32Array, order: Uint32Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const key = keys[next] as number;
    if ((keys[next - 1] as number) <= key) continue;

    const row = order[next] as number;
    let at = next;
    do {
      keys[at] = keys[at - 1] as number;
      order[at] = order[at - 1] as number;
      at -= 1;
    } while (at > from && (keys[at - 1] as number) > key);
    keys[at] = key;
    order[at] = row;
  }
}
