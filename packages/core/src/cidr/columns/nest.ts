import { WORDS, commonBitsOf, type Columns, type Sorted } from './columns.js';
import { MOST_ROWS4 } from './buckets4.js';
import { nestBuckets4 } from './nest-buckets4.js';
import { isMany, isSorted, sortColumns } from './sort.js';
import { nestBuckets6 } from './sort-buckets6.js';

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
