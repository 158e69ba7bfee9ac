import type { Columns, Sorted } from './columns.js';
import { compareRows, sortRows } from './radix.js';

/** From so many rows in one bucket on, comparing them one by one would cost too much. */
const MANY = 96;

/**
 * Sorts IPv6 blocks: one pass puts them into buckets by the leading bits of the address, small enough to be put in order in the
 * processor's nearest cache. Few of the highest groups occur (2001, 2400, 2a00 …), so these are numbered first, and the bits
 * after them divide further. A bucket with many blocks all the same gets radix passes.
 */
export function sortBuckets6<F extends 4 | 6>({ family, starts, bits, count }: Columns<F>): Sorted<F> {
  const { numbers, distinct } = numberGroups(starts, count);
  // About two blocks in a bucket, if they were spread evenly.
  const further = Math.min(16, Math.max(0, 30 - Math.clz32(count / distinct)));
  const bucketOf = (word: number): number =>
    ((numbers[word >>> 16] as number) << further) | ((word & 0xffff) >>> (16 - further));
  const ends = new Uint32Array((distinct << further) + 1);
  for (let row = 0; row < count; row += 1) {
    const bucket = bucketOf(starts[row * 4] as number) + 1;
    ends[bucket] = (ends[bucket] as number) + 1;
  }
  for (let bucket = 1; bucket < ends.length; bucket += 1)
    ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number);
  const first = new Uint32Array(count);
  const second = new Uint32Array(count);
  const order = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) {
    const word = starts[row * 4] as number;
    const bucket = bucketOf(word);
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    first[place] = word;
    second[place] = starts[row * 4 + 1] as number;
    order[place] = row;
  }
  const sortedStarts = new Uint32Array(count * 4);
  const sortedBits = new Uint8Array(count);
  for (let bucket = 0, from = 0; from < count; bucket += 1) {
    const to = ends[bucket] as number;
    if (to - from > MANY) {
      sortRows(starts, bits, 4, order.subarray(from, to));
      for (let at = from; at < to; at += 1) {
        first[at] = starts[(order[at] as number) * 4] as number;
        second[at] = starts[(order[at] as number) * 4 + 1] as number;
      }
    } else insert({ starts, bits, first, second, order }, from, to);
    from = to;
  }
  for (let at = 0; at < count; at += 1) {
    const row = order[at] as number;
    const length = bits[row] as number;
    sortedBits[at] = length;
    sortedStarts[at * 4] = first[at] as number;
    sortedStarts[at * 4 + 1] = second[at] as number;
    if (length <= 64) continue; // as nearly all are: the rest is zero, and far away
    sortedStarts[at * 4 + 2] = starts[row * 4 + 2] as number;
    sortedStarts[at * 4 + 3] = starts[row * 4 + 3] as number;
  }
  return { family, count, starts: sortedStarts, bits: sortedBits, order };
}

/** The rows with the upper half of their addresses beside them, which settles most comparisons. */
interface Rows {
  readonly starts: Uint32Array;
  readonly bits: Uint8Array;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly order: Uint32Array;
}

/** Numbers the highest groups that occur, in their order. */
function numberGroups(
  starts: Uint32Array,
  count: number,
): { readonly numbers: Uint16Array; readonly distinct: number } {
  const occurs = new Uint8Array(65_536);
  for (let row = 0; row < count; row += 1) occurs[(starts[row * 4] as number) >>> 16] = 1;
  const numbers = new Uint16Array(65_536);
  let distinct = 0;
  for (let group = 0; group < occurs.length; group += 1) {
    numbers[group] = distinct;
    distinct += occurs[group] as number;
  }
  return { numbers, distinct };
}

/** Puts the rows of a bucket in order, equal ones as they stand. */
function insert({ starts, bits, first, second, order }: Rows, from: number, to: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const high = first[next] as number;
    const low = second[next] as number;
    const row = order[next] as number;
    let at = next;
    for (; at > from; at -= 1) {
      const otherHigh = first[at - 1] as number;
      const otherLow = second[at - 1] as number;
      const other = order[at - 1] as number;
      if (
        otherHigh !== high
          ? otherHigh < high
          : otherLow !== low
            ? otherLow < low
            : compareRows(starts, bits, 4, other, row) <= 0
      )
        break;
      first[at] = otherHigh;
      second[at] = otherLow;
      order[at] = other;
    }
    first[at] = high;
    second[at] = low;
    order[at] = row;
  }
}
