import { read4 } from './read4.js';
import { read6 } from './read6.js';
import { read6Network } from './read6-network.js';
import { LONGEST_ENTRY, refusalOf, type Refusal } from './refusal.js';
import { RowStore, type Rows } from './rows.js';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
/** The number of bytes that the readers may access from the start of an entry; no valid entry is longer. */
const LOOK_AHEAD = 64;
/** After this many lines in another form, such as hosts, the fast reader of networks is not called. */
const FEW = 64;
/** Characters of a refused entry that are kept. */
const LONGEST_TEXT = 80;

/** A line that is refused, and why. */
export interface RefusedLine extends Refusal {
  /** Counted from 1 through all sources. */
  readonly line: number;
  /** The entry's first 80 characters. Bytes that are not valid UTF-8 become U+FFFD. */
  readonly text: string;
}

/** All blocks of some text, in columns. */
export interface Lines {
  readonly four: Rows<4>;
  readonly six: Rows<6>;
  /** For each source the number of lines before its first. */
  readonly before: readonly number[];
  /** How many lines are refused, and the first of them. */
  readonly refusedCount: number;
  readonly refused: readonly RefusedLine[];
}

/**
 * Reads blocks from lines of UTF-8, from several sources one after the other: one per line; a bare address is
 * a block of full length. Blank lines, and text after `#`, are skipped. Blanks and tabs around an entry and a
 * CR before the LF are removed. A string is created only for refused lines; the first `keep` of them are
 * stored, 20 by default.
 */
export function readLines(sources: readonly Uint8Array[], keep = 20): Lines {
  const reader = new LineReader(keep);
  const before: number[] = [];
  for (const bytes of sources) {
    before.push(reader.line);
    reader.read(bytes);
  }
  const { four, six, refusedCount, refused } = reader;
  return { four: four.rows(), six: six.rows(), before, refusedCount, refused };
}

class LineReader {
  readonly four = new RowStore(4, 0);
  readonly six = new RowStore(6, 0);
  readonly refused: RefusedLine[] = [];
  refusedCount = 0;
  /** The line that was read last. */
  line = 0;
  readonly #keep: number;
  /** An entry with zeros after it, for the readers. */
  readonly #scratch = new Uint8Array(2 * LOOK_AHEAD);

  constructor(keep: number) {
    this.#keep = keep;
  }

  read(bytes: Uint8Array): void {
    const end = bytes.length;
    for (let at = 0; at < end;) {
      // Most lines are an entry and its LF, of the same family as the previous one, and are read in place.
      at = this.#run(this.four, bytes, at);
      at = this.#run(this.six, bytes, at);
      if (at === end) break;

      const feed = bytes.indexOf(LF, at);
      const next = feed === -1 ? end : feed;
      this.line += 1;
      this.#readLine(bytes, at, feed !== -1 && bytes[feed - 1] === CR ? Math.max(at, feed - 1) : next);
      at = next + 1;
    }
  }

  /** Reads plain lines of one family while there are any; returns the start of the first other line. */
  #run(store: RowStore<4 | 6>, bytes: Uint8Array, from: number): number {
    const isFour = store.family === 4;
    let at = from;
    let { count, room, starts, bits, exact, lines } = store;
    let { line } = this;
    /** The number of further IPv6 lines in another form than that of most networks. */
    let others = 0;
    for (const last = bytes.length - LOOK_AHEAD; at < last;) {
      if (count === room) {
        // As many as the rest may contain; where its lines are shorter than usual, the columns grow again.
        store.grow(count + Math.ceil((bytes.length - at) / 12));
        ({ room, starts, bits, exact, lines } = store);
      }
      let next = -1;
      if (isFour) next = read4(bytes, at, count, starts, bits, exact);
      else {
        if (others < FEW) next = read6Network(bytes, at, count, starts, bits, exact);
        if (next === -1) {
          others += 1;
          next = read6(bytes, at, count, starts, bits, exact);
        } else if (others > 0) others -= 1;
      }
      if (next === -1 || bytes[next] !== LF) break;

      line += 1;
      lines[count] = line;
      count += 1;
      at = next + 1;
    }
    store.count = count;
    this.line = line;
    return at;
  }

  /** Reads a line of any form, its end not included. */
  #readLine(bytes: Uint8Array, from: number, to: number): void {
    const hash = bytes.subarray(from, to).indexOf(HASH);
    let begin = from;
    let end = hash === -1 ? to : from + hash;
    while (begin < end && isBlank(bytes[begin])) begin += 1;
    while (end > begin && isBlank(bytes[end - 1])) end -= 1;
    const entry = bytes.subarray(begin, end);
    if (begin < end && !this.#take(this.four, read4, entry) && !this.#take(this.six, read6, entry)) this.#refuse(entry);
  }

  #take(store: RowStore<4 | 6>, read: typeof read4, entry: Uint8Array): boolean {
    if (entry.length > LOOK_AHEAD) return false;

    if (store.count === store.room) store.grow(0);
    const scratch = this.#scratch.fill(0);
    scratch.set(entry);
    if (read(scratch, 0, store.count, store.starts, store.bits, store.exact) !== entry.length) return false;

    store.lines[store.count] = this.line;
    store.count += 1;
    return true;
  }

  #refuse(entry: Uint8Array): void {
    this.refusedCount += 1;
    if (this.refused.length >= this.#keep) return;

    // A character has at most four bytes, so more bytes than these are always too many.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(entry.subarray(0, LONGEST_ENTRY * 4 + 4));
    const refusal = refusalOf(text) ?? { reason: 'syntax' };
    this.refused.push({ line: this.line, text: Array.from(text).slice(0, LONGEST_TEXT).join(''), ...refusal });
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}
