import { divide, HIGH, insert, keyedRows, LOW, type Digit, type KeyedRows } from './keyed-rows.js';

/** Up to this many rows with the same digit are compared one by one. */
const FEW = 40;
/** The most bits of a digit: the counts then fit into the processor's first-level cache. */
const WIDEST = 11;

/** Rows that are sorted as far as which bucket each is in. */
export interface Buckets {
  /**
   * The rows of the first bucket, then those of the second, and so on. The rows of each bucket keep their
   * order.
   */
  readonly content: KeyedRows;
  /** Where each bucket ends. */
  readonly ends: Uint32Array;
  /** For each bucket a lower bound of its higher words. */
  readonly bases: Uint32Array;
  /** The number of bits of the higher words' differences from that bound. */
  readonly width: number;
  /** The bits of the lower words to sort by; the others are in ascending order already. */
  readonly lowMask: number;
}

/**
 * Sorts one bucket after the other, each in the processor's first-level cache. A bucket is divided by its
 * first bits. Where many rows have equal first bits, as below the network of one provider, they are divided
 * again by the first bits in which they differ. The few rows that remain together are compared. O(n) for all
 * inputs, since every division uses up bits.
 */
export class BucketSort {
  /** The bucket in order. */
  readonly sorted: KeyedRows;
  readonly #buckets: Buckets;
  /** For each depth of divisions where the rows of each digit end. */
  readonly #tables: Uint32Array[] = [];
  #bucket = -1;
  #end = 0;

  constructor(buckets: Buckets) {
    const { ends, content } = buckets;
    let largest = 0;
    for (let bucket = 0, from = 0; bucket < ends.length; bucket += 1) {
      largest = Math.max(largest, (ends[bucket] as number) - from);
      from = ends[bucket] as number;
    }
    this.#buckets = buckets;
    this.sorted = keyedRows(largest, content.rows.length > 0);
  }

  /** The number of the bucket that is in {@link sorted}. */
  get bucket(): number {
    return this.#bucket;
  }

  /**
   * Sorts the next bucket that is not empty, and returns its number of rows; 0 at the end. The bucket's
   * previous space may be reused.
   */
  next(): number {
    const { content, ends, bases, width: bits } = this.#buckets;
    const begin = this.#end;
    let bucket = this.#bucket + 1;
    while (bucket < ends.length && ends[bucket] === begin) bucket += 1;
    if (bucket >= ends.length) return 0;

    const end = ends[bucket] as number;
    this.#bucket = bucket;
    this.#end = end;
    const size = end - begin;
    const width = digitWidth(size, bits);
    const digit: Digit = { half: HIGH, base: bases[bucket] as number, shift: bits - width, width };
    const most = divide(content, begin, end, this.sorted, 0, digit, this.#places(0));
    if (most > FEW) this.#divideCrowds(begin, 0, 2 ** width, 0);
    insert(this.sorted, size);
    return size;
  }

  #places(depth: number): Uint32Array {
    return (this.#tables[depth] ??= new Uint32Array(2 ** WIDEST));
  }

  /**
   * Divides groups of many rows with an equal digit again. The bucket began at `begin`; the first divided row is
   * at `from`.
   */
  #divideCrowds(begin: number, from: number, digits: number, depth: number): void {
    const places = this.#places(depth);
    for (let digit = 0, start = from; digit < digits; digit += 1) {
      const stop = from + (places[digit] as number);
      if (stop - start > FEW) this.#divideAgain(begin, start, stop, depth + 1);
      start = stop;
    }
  }

  #divideAgain(begin: number, from: number, to: number, depth: number): void {
    const { sorted } = this;
    const { content } = this.#buckets;
    const digit = this.#firstDifference(from, to);
    if (!digit) return;

    // There and back: the bucket's old place is as large.
    const most = divide(sorted, from, to, content, begin + from, digit, this.#places(depth));
    sorted.keys.set(content.keys.subarray(begin + from, begin + to), from);
    if (sorted.rows.length > 0) sorted.rows.set(content.rows.subarray(begin + from, begin + to), from);
    if (most > FEW) this.#divideCrowds(begin, from, 2 ** digit.width, depth);
  }

  /** The digit that begins with the first bit in which any two differ; undefined where all are alike. */
  #firstDifference(from: number, to: number): Digit | undefined {
    const { halves } = this.sorted;
    const firstHigh = halves[2 * from + HIGH] as number;
    const firstLow = halves[2 * from + LOW] as number;
    let high = 0;
    let low = 0;
    for (let at = from + 1; at < to; at += 1) {
      high |= (halves[2 * at + HIGH] as number) ^ firstHigh;
      low |= (halves[2 * at + LOW] as number) ^ firstLow;
    }
    low &= this.#buckets.lowMask;
    if (high === 0 && low === 0) return undefined;

    const bits = 32 - Math.clz32(high === 0 ? low : high);
    const alike = bits === 32 ? 0 : -1 << bits;
    const width = digitWidth(to - from, bits);
    return {
      half: high === 0 ? LOW : HIGH,
      base: ((high === 0 ? firstLow : firstHigh) & alike) >>> 0,
      shift: bits - width,
      width,
    };
  }
}

/** The width that results in one or two digits per row. */
function digitWidth(size: number, bits: number): number {
  return Math.min(WIDEST, bits, 32 - Math.clz32(size));
}
