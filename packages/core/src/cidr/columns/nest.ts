import { WORDS, type Columns } from './columns.js';
import { sortedOrder } from './sort.js';

/** How blocks nest: they never overlap partly, so each has one innermost block around it, or none. */
export interface Nest {
  /** Rows in the order of {@link sortedOrder}; all else counts positions in it. */
  readonly order: Uint32Array;
  /** For each position that of the innermost block around it, the one before among equal ones, or −1. */
  readonly parents: Int32Array;
}

/** Finds for each block the one around it, in one sweep. */
export function nest(columns: Columns, order = sortedOrder(columns)): Nest {
  return { order, parents: columns.family === 4 ? parents4(columns, order) : parents6(columns, order) };
}

function parents4({ starts, bits, count }: Columns, order: Uint32Array): Int32Array {
  const parents = new Int32Array(count);
  const ends = new Uint32Array(count);
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    const row = order[position] as number;
    const start = starts[row] as number;
    const length = bits[row] as number;
    while (open !== -1 && (ends[open] as number) < start) open = parents[open] as number;
    parents[position] = open;
    ends[position] = length === 32 ? start : (start | (0xffffffff >>> length)) >>> 0;
    open = position;
  }
  return parents;
}

function parents6({ starts, bits, count }: Columns, order: Uint32Array): Int32Array {
  const parents = new Int32Array(count);
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    const at = (order[position] as number) * WORDS[6];
    while (open !== -1) {
      const around = order[open] as number;
      if (holds6(starts, around * WORDS[6], bits[around] as number, starts, at)) break;
      open = parents[open] as number;
    }
    parents[position] = open;
    open = position;
  }
  return parents;
}

/** Whether the IPv6 block of `length` bits at `words[block]` holds the address at `other[address]`. */
export function holds6(
  words: Uint32Array,
  block: number,
  length: number,
  other: Uint32Array,
  address: number,
): boolean {
  let word = 0;
  let left = length;
  for (; left >= 32; left -= 32, word += 1) {
    if (words[block + word] !== other[address + word]) return false;
  }
  return left === 0 || ((words[block + word] as number) ^ (other[address + word] as number)) >>> (32 - left) === 0;
}
