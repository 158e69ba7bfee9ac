import { read4 } from './read4.js';
import { read6 } from './read6.js';
import { LONGEST_ENTRY, refusalOf, type Refusal } from './refusal.js';
import { RowStore, type Rows } from './rows.js';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
/** The readers may look at this many bytes from where an entry begins. */
const LOOK_AHEAD = 64;

/** A line that is refused, and why. */
export interface RefusedLine extends Refusal {
  /** Which source, from 0, and which of its lines, from 1. */
  readonly source: number;
  readonly line: number;
  /** The entry, cut at {@link LONGEST_TEXT} characters. What is no UTF-8 is U+FFFD. */
  readonly text: string;
}

/** Characters of a refused entry that are kept. */
export const LONGEST_TEXT = 80;

/** All blocks of some text, in columns. */
export interface Lines {
  readonly bytes: Uint8Array;
  readonly four: Rows<4>;
  readonly six: Rows<6>;
  /** How many lines are refused, and the first of them. */
  readonly refusedCount: number;
  readonly refused: readonly RefusedLine[];
}

export interface ReadLinesOptions {
  /** Where each source ends, of several that follow one another in `bytes`; by default it is one. */
  readonly ends?: readonly number[] | undefined;
  /** How many refused lines are kept, 20 by default; all are counted. */
  readonly keep?: number | undefined;
}

/**
 * Reads blocks from lines of UTF-8: one a line, a bare address being one of full length. Blank lines, and what follows `#`, are skipped;
 * blanks and tabs around an entry and a CR before the LF are dropped. No string is made but of lines that are refused.
 */
export function readLines(bytes: Uint8Array, { ends = [bytes.length], keep = 20 }: ReadLinesOptions = {}): Lines {
  const reader = new LineReader(bytes, keep);
  let from = 0;
  for (const [source, end] of ends.entries()) {
    reader.read(source, from, end);
    from = end;
  }
  const { four, six, refusedCount, refused } = reader;
  return { bytes, four: four.rows(), six: six.rows(), refusedCount, refused };
}

class LineReader {
  readonly four: RowStore<4>;
  readonly six = new RowStore(6, 0);
  readonly refused: RefusedLine[] = [];
  refusedCount = 0;
  readonly #bytes: Uint8Array;
  readonly #keep: number;
  /** An entry with zeros after it, for the readers. */
  readonly #scratch = new Uint8Array(LONGEST_ENTRY + LOOK_AHEAD);

  constructor(bytes: Uint8Array, keep: number) {
    this.#bytes = bytes;
    this.#keep = keep;
    // Fourteen bytes are a short line; where lines are shorter, the rows grow.
    this.four = new RowStore(4, (bytes.length / 14) >>> 0);
  }

  /** Reads the lines of one source. */
  read(source: number, from: number, end: number): void {
    const bytes = this.#bytes;
    const { four, six } = this;
    let at = from;
    for (let line = 1; at < end; line += 1) {
      // Most lines are an entry and its LF, and are read where they stand.
      if (end - at > LOOK_AHEAD) {
        if (four.count === four.room) four.grow();
        let next = read4(bytes, at, four.count, four.starts, four.bits, four.lengths);
        if (next !== -1 && bytes[next] === LF) {
          four.offsets[four.count] = at;
          four.lines[four.count] = line;
          four.count += 1;
          at = next + 1;
          continue;
        }
        if (six.count === six.room) six.grow();
        next = read6(bytes, at, six.count, six.starts, six.bits, six.lengths);
        if (next !== -1 && bytes[next] === LF) {
          six.offsets[six.count] = at;
          six.lines[six.count] = line;
          six.count += 1;
          at = next + 1;
          continue;
        }
      }
      const feed = bytes.indexOf(LF, at);
      const next = feed === -1 || feed >= end ? end : feed;
      this.#readLine(source, line, at, next, next < end);
      at = next + 1;
    }
  }

  /** Reads a line of any form. */
  #readLine(source: number, line: number, from: number, to: number, hasFeed: boolean): void {
    const bytes = this.#bytes;
    let end = hasFeed && to > from && bytes[to - 1] === CR ? to - 1 : to;
    const hash = bytes.subarray(from, end).indexOf(HASH);
    if (hash !== -1) end = from + hash;
    let begin = from;
    while (begin < end && isBlank(bytes[begin])) begin += 1;
    while (end > begin && isBlank(bytes[end - 1])) end -= 1;
    if (begin < end && !this.#readEntry(line, begin, end)) this.#refuse(source, line, begin, end);
  }

  #readEntry(line: number, begin: number, end: number): boolean {
    if (end - begin > LOOK_AHEAD) return false;
    const scratch = this.#scratch.fill(0);
    scratch.set(this.#bytes.subarray(begin, end));
    for (const store of [this.four, this.six]) {
      if (store.count === store.room) store.grow();
      const read = store.family === 4 ? read4 : read6;
      if (read(scratch, 0, store.count, store.starts, store.bits, store.lengths) !== end - begin) continue;
      store.offsets[store.count] = begin;
      store.lines[store.count] = line;
      store.count += 1;
      return true;
    }
    return false;
  }

  #refuse(source: number, line: number, begin: number, end: number): void {
    this.refusedCount += 1;
    if (this.refused.length >= this.#keep) return;
    // A character has at most four bytes, so that more than this are too many whatever they are.
    const entry = decode(this.#bytes.subarray(begin, Math.min(end, begin + LONGEST_ENTRY * 4 + 4)));
    const refusal = refusalOf(entry) ?? { reason: 'syntax' };
    this.refused.push({ source, line, text: Array.from(entry).slice(0, LONGEST_TEXT).join(''), ...refusal });
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
