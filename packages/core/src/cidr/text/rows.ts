import { WORDS, type Columns, type Family } from '../columns/columns.js';

/** Blocks that were read from text, as columns, with the place of each. */
export interface Rows<F extends Family = Family> extends Columns<F> {
  /** Where the text of each begins among the bytes that were read. */
  readonly offsets: Uint32Array;
  /** How long that text is, or 0 where it is not the canonical form, which then has to be written. */
  readonly lengths: Uint8Array;
  /** The line of each within its source, from 1. */
  readonly lines: Uint32Array;
}

/** Rows that grow. */
export class RowStore<F extends Family> {
  readonly family: F;
  count = 0;
  starts: Uint32Array;
  bits: Uint8Array;
  offsets: Uint32Array;
  lengths: Uint8Array;
  lines: Uint32Array;

  constructor(family: F, room: number) {
    this.family = family;
    this.starts = new Uint32Array(room * WORDS[family]);
    this.bits = new Uint8Array(room);
    this.offsets = new Uint32Array(room);
    this.lengths = new Uint8Array(room);
    this.lines = new Uint32Array(room);
  }

  /** How many rows there is room for. */
  get room(): number {
    return this.bits.length;
  }

  /** Makes room for at least twice as many. */
  grow(): void {
    const bigger = new RowStore(this.family, Math.max(64, this.room * 2));
    bigger.starts.set(this.starts);
    bigger.bits.set(this.bits);
    bigger.offsets.set(this.offsets);
    bigger.lengths.set(this.lengths);
    bigger.lines.set(this.lines);
    ({
      starts: this.starts,
      bits: this.bits,
      offsets: this.offsets,
      lengths: this.lengths,
      lines: this.lines,
    } = bigger);
  }

  rows(): Rows<F> {
    const { family, count, starts, bits, offsets, lengths, lines } = this;
    return {
      family,
      count,
      starts: starts.subarray(0, count * WORDS[family]),
      bits: bits.subarray(0, count),
      offsets: offsets.subarray(0, count),
      lengths: lengths.subarray(0, count),
      lines: lines.subarray(0, count),
    };
  }
}
