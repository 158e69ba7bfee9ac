import { WORDS, type Columns, type Family, type Sorted } from './columns.js';
import { compareRows, sortRun } from './radix.js';
import { sortBuckets } from './sort-buckets.js';

/** From so many IPv4 blocks on, buckets pay. */
const MANY = 20_000;

/**
 * Sorts blocks in O(n): radix passes over the first words of the addresses; where these are equal, over the next; then by length.
 * Many IPv4 blocks have a way of their own.
 */
export function sortColumns<F extends Family>(columns: Columns<F>): Sorted<F> {
  const { family, count, starts, bits } = columns;
  const words = WORDS[family];
  let row = 1;
  while (row < count && compareRows(starts, bits, words, 0, row - 1, row) <= 0) row += 1;
  const isSorted = row >= count;
  if (!isSorted && words === 1 && count >= MANY) return sortBuckets(columns);
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) order[at] = at;
  // What is sorted may be the caller's: these are copies, since results are made in them.
  if (isSorted) return { family, count, starts: starts.slice(0, count * words), bits: bits.slice(0, count), order };
  sortRun(starts, bits, words, order, 0, count, 0);
  const sortedStarts = new Uint32Array(count * words);
  const sortedBits = new Uint8Array(count);
  // Words beyond the longest block are zero in all of them: as a rule half of those of IPv6.
  const filled = (bits.reduce((longest, own) => Math.max(longest, own), 0) + 31) >>> 5;
  for (let position = 0; position < count; position += 1) {
    const from = order[position] as number;
    sortedBits[position] = bits[from] as number;
    for (let word = 0; word < filled; word += 1)
      sortedStarts[position * words + word] = starts[from * words + word] as number;
  }
  return { family, count, starts: sortedStarts, bits: sortedBits, order };
}
