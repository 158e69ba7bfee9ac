import { WORDS, type Columns } from './columns.js';
import { flatten } from './flatten.js';
import { sortColumns } from './sort.js';

/** The root has at most 2¹⁶ slots and fits into the processor's second-level cache. */
const ROOT_BITS = 16;

/**
 * Finds the longest block that contains an address, as a router does. The blocks are flattened once to
 * segments that do not overlap, each with its longest block. A root table over the addresses' leading bits
 * leaves a few steps of binary search. (In a trie every step waits for memory, which is slower.)
 */
export class LongestMatch {
  readonly columns: Columns;
  readonly #order: Uint32Array;
  readonly #bits: Uint8Array;
  /** Lowest addresses of the segments, ascending; the first is address zero. */
  readonly #starts: Uint32Array;
  /** For each segment the row of its longest block, or −1. */
  readonly #rows: Int32Array;
  /** The same as positions among the sorted blocks, and for each of these the next one around it. */
  readonly #positions: Int32Array;
  readonly #around: Int32Array;
  /** For each slot the last segment that begins at or before its lowest address; one more at the end is the last segment. */
  readonly #root: Uint32Array;
  /** An address is in slot `(its highest word − base) >>> shift`. */
  readonly #base: number;
  readonly #shift: number;

  constructor(columns: Columns) {
    const sorted = sortColumns(columns);
    const { starts, positions, around } = flatten(sorted);
    this.columns = columns;
    this.#order = sorted.order;
    this.#bits = sorted.bits;
    this.#around = around;
    const words = WORDS[columns.family];
    const count = positions.length;
    // The root spans only what occurs: all of 10.0.0.0/8, or the 2000s of IPv6.
    const base = count > 1 ? (starts[words] as number) : 0;
    const span = count > 1 ? (starts[(count - 1) * words] as number) - base : 0;
    this.#starts = starts;
    this.#positions = positions;
    this.#rows = positions.map((position) => (position === -1 ? -1 : (sorted.order[position] as number)));
    this.#base = base;
    this.#shift = Math.max(0, 32 - Math.clz32(span) - ROOT_BITS);
    this.#root = rootOf(starts, count, words, base, this.#shift, (span >>> this.#shift) + 1);
  }

  /**
   * The addresses divided into disjoint pieces: the start of each, ascending, and the row of its longest
   * block, or −1.
   */
  segments(): { readonly starts: Uint32Array; readonly rows: Int32Array } {
    return { starts: this.#starts, rows: this.#rows };
  }

  /** The row of the longest block around an IPv4 address, or −1; of equal blocks the first. */
  find4(address: number): number {
    return this.#rows[this.#segment4(address)] as number;
  }

  /**
   * The row of the longest block that contains the IPv6 address whose four words begin at `words[at]`, or −1;
   * of equal blocks the first.
   */
  find6(words: Uint32Array, at: number): number {
    return this.#rows[this.#segment6(words, at)] as number;
  }

  /**
   * The row of the longest block of at most `bits` that contains the address at `words[at]`, or −1. With a
   * block's own length, it is the longest block that contains it.
   */
  find(words: Uint32Array, at: number, bits: number): number {
    const segment = this.columns.family === 4 ? this.#segment4(words[at] as number) : this.#segment6(words, at);
    let position = this.#positions[segment] as number;
    while (position !== -1 && (this.#bits[position] as number) > bits) position = this.#around[position] as number;
    return position === -1 ? -1 : (this.#order[position] as number);
  }

  #segment4(address: number): number {
    const starts = this.#starts;
    const root = this.#root;
    const above = address - this.#base;
    if (above < 0) return 0;

    const slot = Math.min(above >>> this.#shift, root.length - 2);
    let low = root[slot] as number;
    let size = (root[slot + 1] as number) - low;
    // The answer is one of low … low + size.
    while (size > 0) {
      const half = (size + 1) >>> 1;
      if ((starts[low + half] as number) <= address) {
        low += half;
        size -= half;
      } else size = half - 1;
    }
    return low;
  }

  #segment6(words: Uint32Array, at: number): number {
    const root = this.#root;
    const above = (words[at] as number) - this.#base;
    if (above < 0) return 0;

    const slot = Math.min(above >>> this.#shift, root.length - 2);
    let low = root[slot] as number;
    let size = (root[slot + 1] as number) - low;
    while (size > 0) {
      const half = (size + 1) >>> 1;
      if (isUpTo(this.#starts, (low + half) * 4, words, at)) {
        low += half;
        size -= half;
      } else size = half - 1;
    }
    return low;
  }
}

function isUpTo(starts: Uint32Array, start: number, words: Uint32Array, at: number): boolean {
  for (let word = 0; word < 4; word += 1) {
    const left = starts[start + word] as number;
    const right = words[at + word] as number;
    if (left !== right) return left < right;
  }
  return true;
}

function rootOf(
  starts: Uint32Array,
  count: number,
  words: number,
  base: number,
  shift: number,
  slots: number,
): Uint32Array {
  const root = new Uint32Array(slots + 1);
  let segment = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const lowest = base + slot * 2 ** shift;
    while (segment + 1 < count && beginsBy(starts, (segment + 1) * words, words, lowest)) segment += 1;
    root[slot] = segment;
  }
  root[slots] = count - 1;
  return root;
}

/** Whether the address at `starts[at]` is at or below the lowest one whose first word is `lowest`. */
function beginsBy(starts: Uint32Array, at: number, words: number, lowest: number): boolean {
  const first = starts[at] as number;
  if (first !== lowest) return first < lowest;

  for (let word = 1; word < words; word += 1) if (starts[at + word] !== 0) return false;
  return true;
}
