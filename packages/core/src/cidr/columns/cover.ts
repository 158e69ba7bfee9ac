import { WORDS, compareWords, copyWords, increment, putHighest, type Columns } from './columns.js';
import type { Edges } from './edges.js';

/** The fewest blocks that cover exactly a set, sorted by address. */
export function coverEdges<F extends 4 | 6>(edges: Edges<F>): Columns<F> {
  const { family, count, at } = edges;
  const words = WORDS[family];
  const cover = new Blocks(family, Math.max(16, count));
  const first = new Uint32Array(words);
  const last = new Uint32Array(words);
  for (let edge = 0; edge < count; edge += 2) {
    copyWords(at, edge * words, first, 0, words);
    if (edge + 1 < count) {
      copyWords(at, (edge + 1) * words, last, 0, words);
      decrement(last);
    } else last.fill(0xffffffff);
    cover.add(first, last);
  }
  return cover.columns();
}

/** Blocks as they are found. */
export class Blocks<F extends 4 | 6> {
  readonly #family: F;
  readonly #words: number;
  #starts: Uint32Array;
  #bits: Uint8Array;
  #count = 0;

  constructor(family: F, room: number) {
    this.#family = family;
    this.#words = WORDS[family];
    this.#starts = new Uint32Array(room * this.#words);
    this.#bits = new Uint8Array(room);
  }

  get count(): number {
    return this.#count;
  }

  columns(): Columns<F> {
    const [count, starts, bits] = [this.#count, this.#starts, this.#bits];
    return {
      family: this.#family,
      count,
      starts: starts.subarray(0, count * this.#words),
      bits: bits.subarray(0, count),
    };
  }

  /** Adds the blocks of a range; `first` ends up as the address after it. */
  add(first: Uint32Array, last: Uint32Array): void {
    for (let isOver = false; !isOver;) {
      const hostBits = largestBlock(first, last);
      this.push(first, 32 * this.#words - hostBits);
      isOver = addBlock(first, hostBits, last);
    }
  }

  /** Adds a block. */
  push(start: Uint32Array, bits: number): void {
    if (this.#count === this.#bits.length) this.#grow();
    copyWords(start, 0, this.#starts, this.#count * this.#words, this.#words);
    this.#bits[this.#count] = bits;
    this.#count += 1;
  }

  #grow(): void {
    const [starts, bits] = [this.#starts, this.#bits];
    this.#starts = new Uint32Array(starts.length * 2);
    this.#bits = new Uint8Array(bits.length * 2);
    this.#starts.set(starts);
    this.#bits.set(bits);
  }
}

/** How many host bits the largest block has that begins at `first` and does not go beyond `last`. */
function largestBlock(first: Uint32Array, last: Uint32Array): number {
  const words = first.length;
  const aligned = trailingZeros(first);
  let word = 0;
  while (word < words && first[word] === last[word]) word += 1;
  if (word === words) return 0;

  // Below the highest bit in which the two differ, `first` may be completed; with it only if `last` is all ones from there.
  const differ = 31 - Math.clz32((first[word] as number) ^ (last[word] as number));
  const highest = 32 * (words - 1 - word) + differ;
  return Math.min(aligned, trailingOnes(last) > highest ? highest + 1 : highest);
}

function trailingZeros(address: Uint32Array): number {
  let word = address.length - 1;
  while (word >= 0 && address[word] === 0) word -= 1;
  const whole = 32 * (address.length - 1 - word);
  if (word < 0) return whole;

  const lowest = address[word] as number;
  return whole + 31 - Math.clz32(lowest & -lowest);
}

function trailingOnes(address: Uint32Array): number {
  let word = address.length - 1;
  while (word >= 0 && address[word] === 0xffffffff) word -= 1;
  const whole = 32 * (address.length - 1 - word);
  if (word < 0) return whole;

  const zeros = ~(address[word] as number);
  return whole + 31 - Math.clz32(zeros & -zeros);
}

/** Adds a block's size to `address`; true where the block ended at `last`. */
function addBlock(address: Uint32Array, hostBits: number, last: Uint32Array): boolean {
  const words = address.length;
  // Its highest address first: it is the end, or there is one after it.
  putHighest(address, 0, 32 * words - hostBits, words, address, 0);
  if (compareWords(address, 0, last, 0, words) === 0) return true;

  increment(address, 0, words);
  return false;
}

function decrement(address: Uint32Array): void {
  for (let word = address.length - 1; word >= 0; word -= 1) {
    const own = address[word] as number;
    address[word] = own - 1;
    if (own > 0) return;
  }
}

/**
 * The number of leading address bits that select a slot: few enough that all slots fit into the processor's
 * first-level cache.
 */
const SLOT_BITS = 11;
const LOW_BITS = 32 - SLOT_BITS;
const LOW = 2 ** LOW_BITS - 1;

/**
 * A part of the IPv4 blocks seen so far: for all addresses with the same eleven leading bits the last block,
 * or a wider one that contains them all. With one look-up, this identifies most blocks that are contained in
 * an earlier one, in any order.
 */
export class Covers4 {
  /** The lower bits of an address, and 33 − the length: 0 for none. */
  readonly #slots = new Uint32Array(2 ** SLOT_BITS);

  /** Whether a block is known to be contained in an earlier one; if not, it is stored. */
  holds(start: number, length: number): boolean {
    const slots = this.#slots;
    const slot = start >>> LOW_BITS;
    const known = slots[slot] as number;
    const width = 33 - (known & 63);
    // Where none is known the width is 33, and no length as large.
    if (((start & LOW) ^ (known >>> 6)) >>> (32 - width) === 0 && length >= width) return true;

    if (length >= SLOT_BITS) slots[slot] = ((start & LOW) << 6) | (33 - length);
    else this.#fill(slot, length);
    return false;
  }

  /** Keeps a block that has all addresses of some slots. */
  #fill(slot: number, length: number): void {
    // Shifts count modulo 32: /0 is kept as /1 is, in all slots.
    this.#slots.fill(33 - Math.max(1, length), slot, slot + 2 ** (SLOT_BITS - length));
  }
}
