import { putAddress, WORDS, type Columns } from '../columns/columns.js';
import { holds6 } from '../columns/holds6.js';
import { parsePrefix } from '../prefix.js';
import { read4Text } from './read4-text.js';
import { read6 } from './read6.js';
import { RowStore, type Rows } from './rows.js';

const LF = 0x0a;
/** The longest text of a block has 43 characters; the readers look further. */
const LONGEST = 64;
/** Bytes are made of so many texts at once: they stay in the processor's nearest cache. */
const MOST = 512;
const ROOM = MOST * LONGEST;
/** So many are made bytes of one by one before more are at once. */
const FEW = 8;

/** Blocks of strings, in columns, in which `lines` are the places of the strings, from 0. */
export interface Texts {
  readonly four: Rows<4>;
  readonly six: Rows<6>;
}

/**
 * Reads blocks from strings, each with its length, less those that lie in the block read before: of lists that are sorted, or hold
 * one block many times, much is.
 * @throws {InvalidInputError} `INVALID_PREFIX`, as {@link parsePrefix}, for the first string that is no block.
 */
export function readTexts(texts: readonly string[]): Texts {
  const reader = new TextReader(texts);
  for (let index = 0; index < texts.length;) {
    const next = reader.readSixes(reader.readFours(index));
    if (next === index) reader.take(index);
    index = next === index ? index + 1 : next;
  }
  return { four: reader.four.rows(), six: reader.six.rows() };
}

class TextReader {
  readonly four: RowStore<4>;
  readonly six = new RowStore(6, 0);
  readonly #texts: readonly string[];
  /** How many IPv6 blocks came one after the other: who mixes families is not to pay for many strings each time. */
  #sixes = 0;
  readonly #encoder = new TextEncoder();
  /** With zeros at the end, which the readers may look at. */
  readonly #bytes = new Uint8Array(ROOM + LONGEST);
  readonly #room = this.#bytes.subarray(0, ROOM);

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.four = new RowStore(4, texts.length);
  }

  /** Reads strings for as long as they are canonical IPv4 blocks; answers where the first other one is. */
  readFours(from: number): number {
    const texts = this.#texts;
    const { starts, bits, exact, lines } = this.four;
    let { count } = this.four;
    let index = from;
    let before = 0;
    let width = 33;
    for (; index < texts.length && read4Text(texts[index] as string, count, starts, bits); index += 1) {
      const start = starts[count] as number;
      const length = bits[count] as number;
      // Shifts count modulo 32, so that what lies in /0 is kept: the next step knows.
      if ((start ^ before) >>> (32 - width) === 0 && length >= width) continue;
      before = start;
      width = length;
      exact[count] = 1;
      lines[count] = index;
      count += 1;
    }
    this.four.count = count;
    if (index > from) this.#sixes = 0;
    return index;
  }

  /** Reads one IPv6 block, or after some, for as long as there are any; answers where the first is that was not read. */
  readSixes(from: number): number {
    const { length } = this.#texts;
    let index = from;
    for (let end = from, most = 0; index === end && index < length && most !== 1;) {
      most = this.#sixes < FEW ? 1 : Math.min(this.#sixes, MOST);
      end = Math.min(index + most, length);
      if (this.six.room < this.six.count + end - index) this.six.grow(this.six.count + length - index);
      this.#fill(index, end);
      const next = this.#readFilled(index, end);
      this.#sixes += next - index;
      index = next;
    }
    return index;
  }

  /** Reads IPv6 blocks from the bytes of strings; answers where the first string is that is none. */
  #readFilled(from: number, to: number): number {
    const texts = this.#texts;
    const bytes = this.#bytes;
    const { six } = this;
    const { starts, bits, exact, lines } = six;
    let { count } = six;
    let index = from;
    for (let at = 0; index < to; index += 1) {
      const text = texts[index] as string;
      const next = read6(bytes, at, count, starts, bits, exact);
      // A string may have line feeds of its own.
      if (next - at !== text.length || bytes[next] !== LF) break;
      // It may also be a bare address, which is no block.
      if (exact[count] === 0) parsePrefix(text);
      at = next + 1;
      if (count > 0 && isInPrevious6(six, count)) continue;
      lines[count] = index;
      count += 1;
    }
    six.count = count;
    return index;
  }

  /** Makes bytes of strings, with a line feed after each, and a zero in the end. */
  #fill(from: number, to: number): void {
    const text = this.#texts[from] as string;
    const bytes = this.#bytes;
    if (to - from > 1) {
      const { written } = this.#encoder.encodeInto(this.#texts.slice(from, to).join('\n'), this.#room);
      bytes[written] = LF;
      bytes[written + 1] = 0;
      return;
    }
    const length = Math.min(text.length, LONGEST);
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      bytes[at] = code > 127 ? 0 : code;
    }
    bytes[length] = LF;
    bytes[length + 1] = 0;
  }

  /** Takes a string that the quick readers do not. */
  take(index: number): void {
    const { address, bits } = parsePrefix(this.#texts[index] as string);
    const store = address.family === 4 ? this.four : this.six;
    if (store.count === store.room) store.grow(0);
    putAddress(address, store.starts, store.count * WORDS[address.family]);
    store.bits[store.count] = bits;
    store.exact[store.count] = 0;
    store.lines[store.count] = index;
    store.count += 1;
  }
}

/** Whether an IPv6 block lies in the one in the row before. */
function isInPrevious6({ starts, bits }: Columns<6>, row: number): boolean {
  const width = bits[row - 1] as number;
  return (bits[row] as number) >= width && holds6(starts, 4 * row - 4, width, 4 * row);
}
