import type { Columns, Sorted } from './columns.js';

/**
 * For each position of sorted blocks that of the innermost block around it, of equal ones the one before; −1 for none. Blocks
 * never overlap partly, so these make up all that is to be known of their overlaps. One sweep.
 */
export function parentsOf(sorted: Sorted): Int32Array {
  return sorted.family === 4 ? parents4(sorted) : parents6(sorted);
}

function parents4({ starts, bits, count }: Columns): Int32Array {
  const parents = new Int32Array(count);
  const ends = new Uint32Array(count);
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    const start = starts[position] as number;
    const length = bits[position] as number;
    while (open !== -1 && (ends[open] as number) < start) open = parents[open] as number;
    parents[position] = open;
    ends[position] = length === 32 ? start : start | (0xffffffff >>> length);
    open = position;
  }
  return parents;
}

function parents6({ starts, bits, count }: Columns): Int32Array {
  const parents = new Int32Array(count);
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    while (open !== -1 && !holds6(starts, open * 4, bits[open] as number, starts, position * 4))
      open = parents[open] as number;
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
