import { WORDS, type Columns, type Family, type Sorted } from './columns.js';
import { compareRows, sortRows } from './radix.js';
import { sortBuckets } from './sort-buckets.js';
import { sortBuckets6 } from './sort-buckets6.js';

/** From this many blocks on, buckets are faster. */
const MANY = 20_000;

/** Sorts blocks in O(n), by radix passes; many of them in buckets. */
export function sortColumns<F extends Family>(columns: Columns<F>): Sorted<F> {
  const { family, count, starts, bits } = columns;
  const words = WORDS[family];
  if (isSorted(columns)) {
    // The input may belong to the caller: these are copies, since results overwrite them.
    return { family, count, starts: starts.slice(0, count * words), bits: bits.slice(0, count), order: upTo(count) };
  }
  if (isMany(columns)) return family === 4 ? sortBuckets(columns) : sortBuckets6(columns);

  const order = upTo(count);
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

/** Whether blocks are in the order of {@link Sorted} already. */
export function isSorted({ family, count, starts, bits }: Columns): boolean {
  for (let row = 1; row < count; row += 1) if (compareRows(starts, bits, WORDS[family], row - 1, row) > 0) return false;
  return true;
}

/** Whether the number of blocks is large enough to sort in buckets. */
export function isMany({ count }: Columns): boolean {
  return count >= MANY;
}

function upTo(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) rows[row] = row;
  return rows;
}
