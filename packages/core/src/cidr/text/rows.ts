import { WORDS, type Columns, type Family } from '../columns/columns.js';

/** Blocks that were read from text, as columns, with the place of each. */
export interface Rows<F extends Family = Family> extends Columns<F> {
  /** 1 where the text was the canonical form of the block, else 0. */
  readonly exact: Uint8Array;
  /** The line of each, counted from 1 through all sources. */
  readonly lines: Uint32Array;
}

/** Rows that grow. */
export class RowStore<F extends Family> {
  readonly family: F;
  count = 0;
  starts: Uint32Array;
  bits: Uint8Array;
  exact: Uint8Array;
  lines: Uint32Array;

  constructor(family: F, room: number) {
    this.family = family;
    this.starts = new Uint32Array(room * WORDS[family]);
    this.bits = new Uint8Array(room);
    this.exact = new Uint8Array(room);
    this.lines = new Uint32Array(room);
  }

  /** How many rows there is room for. */
  get room(): number {
    return this.bits.length;
  }

  /** Allocates space for more rows, at least twice as many. */
  grow(least: number): void {
    const bigger = new RowStore(this.family, Math.max(64, least, this.bits.length * 2));
    bigger.starts.set(this.starts);
    bigger.bits.set(this.bits);
    bigger.exact.set(this.exact);
    bigger.lines.set(this.lines);
    ({ starts: this.starts, bits: this.bits, exact: this.exact, lines: this.lines } = bigger);
  }

  rows(): Rows<F> {
    const { family, count, starts, bits, exact, lines } = this;
    return {
      family,
      count,
      starts: starts.subarray(0, count * WORDS[family]),
      bits: bits.subarray(0, count),
      exact: exact.subarray(0, count),
      lines: lines.subarray(0, count),
    };
  }
}
