import { addressOf, type Address } from '../ip-address.js';
import { blockAt, blockFrom, type Prefix } from '../prefix.js';

/** IPv4 or IPv6. */
export type Family = 4 | 6;

/** The number of 32-bit words of an address. */
export const WORDS = { 4: 1, 6: 4 } as const;

/**
 * Many blocks of one family as columns, without an object for each: the bulk operations work on these. Host bits are zero.
 */
export interface Columns<F extends Family = Family> {
  readonly family: F;
  readonly count: number;
  /** Lowest addresses: one word each for IPv4, four for IPv6, the highest word first. */
  readonly starts: Uint32Array;
  /** Prefix lengths. */
  readonly bits: Uint8Array;
}

/** Blocks by lowest address, then the wider first, then in input order: the order of nesting. */
export interface Sorted<F extends Family = Family> extends Columns<F> {
  /** For each position the row in the columns that were sorted. */
  readonly order: Uint32Array;
}

/** The blocks of one family among `blocks` as columns, in their order. */
export function columnsOf<F extends Family>(blocks: readonly (Prefix | string)[], family: F): Columns<F> {
  const chosen = blocks.map(blockFrom).filter((prefix) => prefix.address.family === family);
  const starts = new Uint32Array(chosen.length * WORDS[family]);
  const bits = new Uint8Array(chosen.length);
  for (const [index, prefix] of chosen.entries()) {
    putAddress(prefix.address, starts, index * WORDS[family]);
    bits[index] = prefix.bits;
  }
  return { family, count: chosen.length, starts, bits };
}

/** The block in a row, as a value. */
export function prefixAt({ family, starts, bits }: Columns, row: number): Prefix {
  return blockAt(addressAt(family, starts, row * WORDS[family]), bits[row] ?? 0);
}

/** Writes an address into words. */
export function putAddress({ family, value }: Address, words: Uint32Array, at: number): void {
  if (family === 4) {
    words[at] = Number(value);
    return;
  }

  for (let word = 0; word < 4; word += 1) words[at + word] = Number((value >> BigInt(96 - 32 * word)) & 0xffffffffn);
}

/** Reads an address from words. */
export function addressAt(family: Family, words: Uint32Array, at: number): Address {
  let value = 0n;
  for (let word = 0; word < WORDS[family]; word += 1) value = (value << 32n) | BigInt(words[at + word] ?? 0);
  return addressOf(family, value);
}

/** Below, at or above zero as the address at `a[i]` is below, at or above the one at `b[j]`. */
export function compareWords(a: Uint32Array, i: number, b: Uint32Array, j: number, words: number): number {
  for (let word = 0; word < words; word += 1) {
    const left = a[i + word] as number;
    const right = b[j + word] as number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** How many leading bits the addresses at `starts[a]` and `starts[b]` have in common. */
export function commonBitsOf(starts: Uint32Array, a: number, b: number, words: number): number {
  for (let word = 0; word < words; word += 1) {
    const differ = (starts[a + word] as number) ^ (starts[b + word] as number);
    if (differ !== 0) return 32 * word + Math.clz32(differ);
  }
  return 32 * words;
}

/** Copies one address. */
export function copyWords(from: Uint32Array, i: number, to: Uint32Array, j: number, words: number): void {
  for (let word = 0; word < words; word += 1) to[j + word] = from[i + word] as number;
}

/** Writes the highest address of the block at `starts[start]` to `last[at]`. */
export function putHighest(
  starts: Uint32Array,
  start: number,
  bits: number,
  words: number,
  last: Uint32Array,
  at: number,
): void {
  for (let word = 0; word < words; word += 1) {
    const own = bits - 32 * word;
    const hostMask = own <= 0 ? 0xffffffff : own >= 32 ? 0 : 0xffffffff >>> own;
    last[at + word] = (starts[start + word] as number) | hostMask;
  }
}

/** Adds one to the address at `words[at]`; true where it was the last of all. */
export function increment(address: Uint32Array, at: number, words: number): boolean {
  for (let word = at + words - 1; word >= at; word -= 1) {
    const own = address[word] as number;
    address[word] = own + 1;
    if (own !== 0xffffffff) return false;
  }
  return true;
}
