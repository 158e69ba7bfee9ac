import type { Buckets } from './bucket-sort.js';
import type { Columns } from './columns.js';
import { HIGH, keyedRows, LOW } from './keyed-rows.js';

/** In a key instead of a length: the block is longer than what the key holds of its address. */
export const DEEP = 127;
/** A bit above all others in a key: without, it might be a denormal double, which some processors are slow with. */
const ONE = 2 ** 30;
/** If there are more distinct heads than this, not all of their bits are used. */
const MANY_HEADS = 1024;
/**
 * The approximate number of buckets: few enough that writes to all of them in turn stay in the second-level
 * cache.
 */
const BUCKETS = 512;

/**
 * IPv6 blocks in buckets by the head of their addresses, which consists of the leading bits of one word and
 * some bits after it. A key is two words of the address without the head, and a length of seven bits.
 */
export interface Buckets6 extends Buckets {
  /**
   * The word of the addresses with which the keys begin: the first, or the second where the first is equal in
   * all.
   */
  readonly word: number;
  /** For each bucket the head's part of this word, followed by zeros. */
  readonly heads: Uint32Array;
  /** Whether any length in a key is {@link DEEP}. */
  readonly hasDeep: boolean;
}

/**
 * Distributes IPv6 blocks to buckets. Few distinct values of the first four-digit group occur (2001, 2400,
 * 2a00 …), so these are numbered first, and the bits after them divide further.
 */
export function buckets6({ starts, bits, count }: Columns): Buckets6 {
  const word = isSameWord(starts, count) ? 1 : 0;
  const { numbers, heads, width } = numberHeads(starts, count, word);
  const further = Math.max(0, 31 - Math.clz32(BUCKETS / heads.length));
  const headShift = 32 - width;
  const shift = headShift - further;
  const rest = 2 ** headShift - 1;
  const buckets = heads.length << further;
  const ends = new Uint32Array(buckets + 1);
  for (let at = word; at < count * 4; at += 4) {
    const value = starts[at] as number;
    const after = (((numbers[value >>> headShift] as number) << further) | ((value & rest) >>> shift)) + 1;
    ends[after] = (ends[after] as number) + 1;
  }
  for (let after = 1; after <= buckets; after += 1) ends[after] = (ends[after] as number) + (ends[after - 1] as number);
  const content = keyedRows(count, true);
  const { halves, rows } = content;
  const reach = 32 * (word + 2);
  let longest = 0;
  for (let row = 0, at = word; row < count; row += 1, at += 4) {
    const value = starts[at] as number;
    const next = starts[at + 1] as number;
    const length = bits[row] as number;
    if (length > longest) longest = length;
    const bucket = ((numbers[value >>> headShift] as number) << further) | ((value & rest) >>> shift);
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    halves[2 * place + HIGH] = ONE | ((value & rest) << 7) | (next >>> 25);
    halves[2 * place + LOW] = (next << 7) | (length > reach ? DEEP : length);
    rows[place] = row;
  }
  const inHead = 2 ** further - 1;
  return {
    content,
    ends: ends.subarray(0, buckets),
    bases: Uint32Array.from({ length: buckets }, (_, bucket) => ONE | ((bucket & inHead) << (shift + 7))),
    width: shift + 7,
    lowMask: -1,
    word,
    heads: Uint32Array.from({ length: buckets }, (_, bucket) => heads[bucket >>> further] as number),
    hasDeep: longest > reach,
  };
}

/** Whether the first word is equal in all. */
function isSameWord(starts: Uint32Array, count: number): boolean {
  for (let row = 1; row < count; row += 1) if (starts[row * 4] !== starts[0]) return false;
  return true;
}

/** Numbers the heads that occur, in their order; of very many, shorter ones. */
function numberHeads(
  starts: Uint32Array,
  count: number,
  word: number,
): { readonly numbers: Uint16Array; readonly heads: Uint32Array; readonly width: number } {
  let occurs = new Uint8Array(65_536);
  for (let at = word; at < count * 4; at += 4) occurs[(starts[at] as number) >>> 16] = 1;
  let width = 16;
  for (; sum(occurs) > MANY_HEADS; width -= 1) {
    const longer = occurs;
    occurs = new Uint8Array(2 ** (width - 1));
    for (let head = 0; head < longer.length; head += 1) if (longer[head] === 1) occurs[head >>> 1] = 1;
  }
  const numbers = new Uint16Array(occurs.length);
  const heads = new Uint32Array(sum(occurs));
  let number = 0;
  for (let head = 0; head < occurs.length; head += 1) {
    if (occurs[head] === 0) continue;

    numbers[head] = number;
    heads[number] = head << (32 - width);
    number += 1;
  }
  return { numbers, heads, width };
}

function sum(numbers: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < numbers.length; at += 1) total += numbers[at] as number;
  return total;
}
