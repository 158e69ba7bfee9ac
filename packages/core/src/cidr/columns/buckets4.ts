import type { Buckets } from './bucket-sort.js';
import type { Columns } from './columns.js';
import { keyedRows } from './keyed-rows.js';

/** A row has 24 bits in a key. */
export const MOST_ROWS4 = 2 ** 24;
/**
 * The first address bit in a key: there is one bucket per /10, few enough that writes to all in turn are
 * fast.
 */
export const SHIFT4 = 22;
const REST = 2 ** SHIFT4 - 1;
/**
 * From 2⁵² on the lower 52 bits of a double are an integer, so a key can be computed as one, and written in
 * one store.
 */
const WHOLE = 2 ** 52;
const WHOLE_HIGH = 0x43300000;

/*
 * A key has 52 bits: 22 address bits after those of the bucket, 6 for the length, 24 for the row. So equal
 * blocks have different keys.
 */

/** The length of the block whose key has this lower word. */
export const bitsOf4 = (low: number): number => (low >>> 24) & 63;
/** Its row. */
export const rowOf4 = (low: number): number => low & 0xffffff;

/** How many leading bits two addresses of one bucket have in common; at least 32 if they are equal. */
export const commonBits4 = (high: number, low: number, nextHigh: number, nextLow: number): number =>
  high === nextHigh ? 30 + Math.clz32(low ^ nextLow) : Math.clz32(high ^ nextHigh) - 2;

/** Distributes up to {@link MOST_ROWS4} IPv4 blocks to buckets by the leading bits of the address. */
export function buckets4({ starts, bits, count }: Columns): Buckets {
  const buckets = 2 ** (32 - SHIFT4);
  const ends = new Uint32Array(buckets + 1);
  for (let row = 0; row < count; row += 1) {
    const after = ((starts[row] as number) >>> SHIFT4) + 1;
    ends[after] = (ends[after] as number) + 1;
  }
  for (let after = 1; after <= buckets; after += 1) ends[after] = (ends[after] as number) + (ends[after - 1] as number);
  const content = keyedRows(count, false);
  const { keys } = content;
  for (let row = 0; row < count; row += 1) {
    const start = starts[row] as number;
    const bucket = start >>> SHIFT4;
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    keys[place] = WHOLE + (start & REST) * 2 ** 30 + (((bits[row] as number) << 24) | row);
  }
  return {
    content,
    ends: ends.subarray(0, buckets),
    bases: new Uint32Array(buckets).fill(WHOLE_HIGH),
    width: 20,
    lowMask: ~0xffffff,
  };
}
