import { WORDS, type Columns, type Family, type Sorted } from './columns.js';
import { sortColumns } from './sort.js';

/** The fewest blocks that cover what some blocks cover, sorted by address. */
export interface Merged<F extends Family = Family> extends Columns<F> {
  /** For each block a row of the input that it is, or −1 where it came of joining two halves. */
  readonly rows: Int32Array;
}

/** How many addresses an IPv4 block of each length has. (Powers and shifts of 32 bits are slow, or wrong.) */
const SIZES = Float64Array.from({ length: 33 }, (_, bits) => 2 ** (32 - bits));

/** Merges blocks to their minimal cover: nested ones are dropped, and two halves become their whole. O(n). */
export function mergeColumns<F extends Family>(columns: Columns<F>): Merged<F> {
  return mergeSorted(sortColumns(columns));
}

/**
 * Merges blocks to their minimal cover, in one sweep: nested blocks are dropped, two halves are joined to one
 * block, and so on. The columns of `sorted` are overwritten with the result.
 */
function mergeSorted<F extends Family>(sorted: Sorted<F>): Merged<F> {
  return sorted.family === 4 ? merge4(sorted) : merge6(sorted);
}

function merge4<F extends Family>({ family, starts, bits, count, order }: Sorted<F>): Merged<F> {
  const rows = new Int32Array(order.buffer, order.byteOffset, count);
  let top = -1;
  /** The lowest address that the blocks so far do not reach. */
  let end = 0;
  for (let position = 0; position < count; position += 1) {
    const start = starts[position] as number;
    if (start < end) continue;

    let length = bits[position] as number;
    end = start + (SIZES[length] as number);
    top += 1;
    starts[top] = start;
    bits[top] = length;
    rows[top] = order[position] as number;
    // A block that completes another may complete a third: 2, 4, 8 …
    while (top > 0 && bits[top - 1] === length) {
      const lower = starts[top - 1] as number;
      // The two differ in their last bit only, which is zero in the lower, as they are sorted and do not
      // overlap.
      if ((lower ^ (starts[top] as number)) >>> 0 !== (SIZES[length] as number)) break;

      top -= 1;
      length -= 1;
      bits[top] = length;
      rows[top] = -1;
    }
  }
  return cut(family, top + 1, starts, bits, rows);
}

function merge6<F extends Family>({ family, starts, bits, count, order }: Sorted<F>): Merged<F> {
  const rows = new Int32Array(order.buffer, order.byteOffset, count);
  let top = -1;
  for (let position = 0; position < count; position += 1) {
    // A block that is contained in one of the earlier blocks is contained in the last, which may be the
    // result of joins.
    if (top !== -1 && holds6(starts, top * 4, bits[top] as number, position * 4)) continue;

    let length = bits[position] as number;
    top += 1;
    for (let word = 0; word < 4; word += 1) starts[top * 4 + word] = starts[position * 4 + word] as number;
    bits[top] = length;
    rows[top] = order[position] as number;
    while (top > 0 && bits[top - 1] === length && areHalves6(starts, top * 4, length)) {
      top -= 1;
      length -= 1;
      bits[top] = length;
      rows[top] = -1;
    }
  }
  return cut(family, top + 1, starts, bits, rows);
}

/** Whether the block at `starts[upper]` and the one before it, both of `bits`, differ in their last bit only. */
function areHalves6(starts: Uint32Array, upper: number, bits: number): boolean {
  const last = (bits - 1) >>> 5;
  for (let word = 0; word < last; word += 1) if (starts[upper + word] !== starts[upper - 4 + word]) return false;
  return ((starts[upper + last] as number) ^ (starts[upper - 4 + last] as number)) === 1 << (31 - ((bits - 1) & 31));
}

function cut<F extends Family>(
  family: F,
  count: number,
  starts: Uint32Array,
  bits: Uint8Array,
  rows: Int32Array,
): Merged<F> {
  return {
    family,
    count,
    starts: starts.subarray(0, count * WORDS[family]),
    bits: bits.subarray(0, count),
    rows: rows.subarray(0, count),
  };
}

/** Whether the IPv6 block of `length` bits at `starts[block]` holds the address at `starts[address]`. */
export function holds6(starts: Uint32Array, block: number, length: number, address: number): boolean {
  let word = 0;
  let left = length;
  for (; left >= 32; left -= 32, word += 1) {
    if (starts[block + word] !== starts[address + word]) return false;
  }
  return left === 0 || ((starts[block + word] as number) ^ (starts[address + word] as number)) >>> (32 - left) === 0;
}
