import { putAddress, WORDS } from '../columns/columns.js';
import { holds6 } from '../columns/merge.js';
import { Covers4 } from '../columns/cover.js';
import { blockFrom, type Prefix } from '../prefix.js';
import { read4Text } from './read4-text.js';
import { read6Text } from './read6-text.js';
import { read6 } from './read6.js';
import { RowStore, type Rows } from './rows.js';

/** The longest text that {@link read6} accepts has 43 characters; it accesses more. */
const LONGEST = 64;

/** Blocks of strings, in columns, in which `lines` are the places of the strings, from 0. */
export interface Texts {
  readonly four: Rows<4>;
  readonly six: Rows<6>;
}

/**
 * Reads blocks from strings, each with its length, and from values. Skips blocks that are contained in the block read before.
 * Sorted lists, and lists that repeat a block, have many of these.
 * @throws {InvalidInputError} `INVALID_PREFIX`, as `parsePrefix`, for the first string that is not a
 *   block.
 */
export function readTexts(blocks: readonly (string | Prefix)[]): Texts {
  const texts = blocks as readonly string[]; // The reader of each form declines what is no text, and the last one takes values.
  const reader = new TextReader(texts);
  for (let index = 0; index < texts.length;) {
    const next = reader.readSixes(reader.readFours(index));
    if (next === index) reader.readOther(index);
    index = next === index ? index + 1 : next;
  }
  return { four: reader.four.rows(), six: reader.six.rows() };
}

class TextReader {
  readonly four: RowStore<4>;
  readonly six = new RowStore(6, 0);
  readonly #texts: readonly string[];
  readonly #covers = new Covers4();
  readonly #scratch = new Uint8Array(2 * LONGEST);

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.four = new RowStore(4, texts.length);
  }

  /** Reads strings for as long as they are canonical IPv4 blocks; answers where the first other one is. */
  readFours(from: number): number {
    const texts = this.#texts;
    const covers = this.#covers;
    const { starts, bits, exact, lines } = this.four;
    let { count } = this.four;
    let index = from;
    let start = 0;
    let length = 0;
    /** The previous string, where it repeats a block, so that the next may repeat it as well. */
    let again: string | undefined;
    for (; index < texts.length; index += 1) {
      const text = texts[index] as string;
      if (again !== undefined && text === again) continue;
      if (!read4Text(text, count, starts, bits)) break;

      const isSame = starts[count] === start && bits[count] === length;
      start = starts[count] as number;
      length = bits[count] as number;
      again = isSame ? text : undefined;
      if (covers.holds(start, length)) continue;

      exact[count] = 1;
      lines[count] = index;
      count += 1;
    }
    this.four.count = count;
    return index;
  }

  /**
   * Reads strings while they are IPv6 blocks in their usual form; returns the index of the first other one.
   */
  readSixes(from: number): number {
    const texts = this.#texts;
    const { six } = this;
    let { count, room, starts, bits, exact, lines } = six;
    let index = from;
    for (; index < texts.length; index += 1) {
      if (count === room) {
        six.grow(count + texts.length - index);
        ({ room, starts, bits, exact, lines } = six);
      }
      if (!read6Text(texts[index] as string, count, starts, bits)) break;
      if (count > 0 && isInPrevious6(starts, bits, count)) continue;

      exact[count] = 1;
      lines[count] = index;
      count += 1;
    }
    six.count = count;
    return index;
  }

  /** Reads a string of any other form. */
  readOther(index: number): void {
    const text = this.#texts[index] as string;
    if (!this.#readSix(text, index)) this.#take(text, index);
  }

  /** Reads a string as IPv6 block in any spelling; false where {@link read6} does not accept it. */
  #readSix(text: string, index: number): boolean {
    if (typeof text !== 'string') return false;

    const { length } = text;
    const { six } = this;
    const scratch = this.#scratch;
    if (length > LONGEST) return false;

    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 127) return false;

      scratch[at] = code;
    }
    scratch[length] = 0;
    scratch[length + 1] = 0;
    if (six.count === six.room) six.grow(six.count + this.#texts.length - index);
    const { starts, bits, exact, lines, count } = six;
    // It may also be a bare address, which is not a block.
    if (read6(scratch, 0, count, starts, bits, exact) !== length || !text.includes('/')) return false;

    lines[count] = index;
    six.count += 1;
    return true;
  }

  /** Stores a string as a value. */
  #take(text: string, index: number): void {
    const { address, bits } = blockFrom(text);
    const store = address.family === 4 ? this.four : this.six;
    if (store.count === store.room) store.grow(0);
    putAddress(address, store.starts, store.count * WORDS[address.family]);
    store.bits[store.count] = bits;
    store.exact[store.count] = 0;
    store.lines[store.count] = index;
    store.count += 1;
  }
}

/** Whether an IPv6 block is contained in the one in the row before. */
function isInPrevious6(starts: Uint32Array, bits: Uint8Array, row: number): boolean {
  const width = bits[row - 1] as number;
  return (bits[row] as number) >= width && holds6(starts, 4 * row - 4, width, 4 * row);
}
