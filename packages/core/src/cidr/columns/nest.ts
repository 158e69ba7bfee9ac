import { WORDS, commonBitsOf, type Columns, type Sorted } from './columns.js';
import { MOST_ROWS4 } from './buckets4.js';
import { nestBuckets4 } from './nest-buckets4.js';
import { isMany, isSorted, sortColumns } from './sort.js';
import { nestBuckets6 } from './sort-buckets6.js';

/** Sorted blocks without their addresses: as much as is needed to know which hold which. */
export interface Nesting {
  readonly count: number;
  /**
   * Two words for each position: the row in the columns; and the length in the lower eight bits, above them how many leading bits the address
   * has in common with the one before. (Where that is all that the one before is long, it may be more than there are.)
   */
  readonly entries: Uint32Array;
}

/** Sorts blocks and says how they nest. */
export function nestColumns(columns: Columns): Nesting {
  const { family, count } = columns;
  const isTooMany = family === 4 && count > MOST_ROWS4;
  if (!isMany(columns) || isTooMany || isSorted(columns)) return nestSorted(sortColumns(columns));
  return { count, entries: family === 4 ? nestBuckets4(columns) : nestBuckets6(columns) };
}

/** Says how sorted blocks nest. */
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
 * For each position of sorted blocks that of the innermost block around it, of equal ones the one before; −1 for none. Blocks
 * never overlap partly, so these make up all that is to be known of their overlaps. One sweep.
 */
export function parentsOf({ count, entries }: Nesting): Int32Array {
  const parents = new Int32Array(count);
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    // The blocks that are open are all around the one before: those no longer than what this one has in common with it hold this one, too.
    const common = (entries[2 * position + 1] as number) >>> 8;
    while (open !== -1 && ((entries[2 * open + 1] as number) & 255) > common) open = parents[open] as number;
    parents[position] = open;
    open = position;
  }
  return parents;
}
