import type { Columns, Sorted } from './columns.js';
import { sortRows } from './radix.js';

/** From so many rows in one bucket on, comparing them one by one would cost too much. */
const MANY = 96;

/**
 * Sorts IPv6 blocks: one pass puts them into buckets by the leading bits of the address, small enough to be put in order in the
 * processor's nearest cache. Few of the highest groups occur (2001, 2400, 2a00 …), so these are numbered first, and the bits
 * after them divide further. A bucket with many blocks all the same gets radix passes.
 */
export function sortBuckets6<F extends 4 | 6>({ family, starts, bits, count }: Columns<F>): Sorted<F> {
  const { numbers, distinct } = numberGroups(starts, count);
  // About four blocks in a bucket, if they were spread evenly.
  const further = Math.min(16, Math.max(0, 29 - Math.clz32(count / distinct)));
  const bucketOf = (word: number): number =>
    ((numbers[word >>> 16] as number) << further) | ((word & 0xffff) >>> (16 - further));
  const ends = new Uint32Array((distinct << further) + 1);
  for (let row = 0; row < count; row += 1) {
    const bucket = bucketOf(starts[row * 4] as number) + 1;
    ends[bucket] = (ends[bucket] as number) + 1;
  }
  for (let bucket = 1; bucket < ends.length; bucket += 1)
    ends[bucket] = (ends[bucket] as number) + (ends[bucket - 1] as number);
  const sorted = { starts: new Uint32Array(count * 4), bits: new Uint8Array(count), order: new Uint32Array(count) };
  for (let row = 0; row < count; row += 1) {
    const bucket = bucketOf(starts[row * 4] as number);
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    put(starts, bits, row, row, sorted, place);
  }
  for (let bucket = 0, from = 0; from < count; bucket += 1) {
    const to = ends[bucket] as number;
    if (to - from > MANY) {
      sortRows(starts, bits, 4, sorted.order.subarray(from, to));
      for (let at = from; at < to; at += 1) {
        const row = sorted.order[at] as number;
        put(starts, bits, row, row, sorted, at);
      }
    } else insert(sorted, from, to);
    from = to;
  }
  return { family, count, ...sorted };
}

interface Target {
  readonly starts: Uint32Array;
  readonly bits: Uint8Array;
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

function put(starts: Uint32Array, bits: Uint8Array, from: number, row: number, target: Target, at: number): void {
  for (let word = 0; word < 4; word += 1) target.starts[at * 4 + word] = starts[from * 4 + word] as number;
  target.bits[at] = bits[from] as number;
  target.order[at] = row;
}

/** Puts the rows of a bucket in order, equal ones as they stand. */
function insert(sorted: Target, from: number, to: number): void {
  const { starts, bits, order } = sorted;
  for (let next = from + 1; next < to; next += 1) {
    let at = next;
    while (at > from && isBefore(starts, bits, next, at - 1)) at -= 1;
    if (at === next) continue;
    const first = starts[next * 4] as number;
    const second = starts[next * 4 + 1] as number;
    const third = starts[next * 4 + 2] as number;
    const fourth = starts[next * 4 + 3] as number;
    const length = bits[next] as number;
    const row = order[next] as number;
    for (let moved = next; moved > at; moved -= 1)
      put(starts, bits, moved - 1, order[moved - 1] as number, sorted, moved);
    starts[at * 4] = first;
    starts[at * 4 + 1] = second;
    starts[at * 4 + 2] = third;
    starts[at * 4 + 3] = fourth;
    bits[at] = length;
    order[at] = row;
  }
}

function isBefore(starts: Uint32Array, bits: Uint8Array, a: number, b: number): boolean {
  for (let word = 0; word < 4; word += 1) {
    const left = starts[a * 4 + word] as number;
    const right = starts[b * 4 + word] as number;
    if (left !== right) return left < right;
  }
  return (bits[a] as number) < (bits[b] as number);
}
