import { WORDS, type Columns, type Family, type Sorted } from './columns.js';
import { compareRows, sortRows } from './radix.js';
import { sortBuckets } from './sort-buckets.js';
import { sortBuckets6 } from './sort-buckets6.js';

/** From so many blocks on, buckets pay. */
const MANY = 20_000;

/** Sorts blocks in O(n), by radix passes; many of them in buckets. */
export function sortColumns<F extends Family>(columns: Columns<F>): Sorted<F> {
  const { family, count, starts, bits } = columns;
  const words = WORDS[family];
  let row = 1;
  while (row < count && compareRows(starts, bits, words, row - 1, row) <= 0) row += 1;
  const isSorted = row >= count;
  if (!isSorted && count >= MANY) return family === 4 ? sortBuckets(columns) : sortBuckets6(columns);
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) order[at] = at;
  // What is sorted may be the caller's: these are copies, since results are made in them.
  if (isSorted) return { family, count, starts: starts.slice(0, count * words), bits: bits.slice(0, count), order };
  sortRows(starts, bits, words, order);
  const sortedStarts = new Uint32Array(count * words);
  const sortedBits = new Uint8Array(count);
  for (let position = 0; position < count; position += 1) {
    const from = order[position] as number;
    sortedBits[position] = bits[from] as number;
    for (let word = 0; word < words; word += 1)
      sortedStarts[position * words + word] = starts[from * words + word] as number;
  }
  return { family, count, starts: sortedStarts, bits: sortedBits, order };
}
