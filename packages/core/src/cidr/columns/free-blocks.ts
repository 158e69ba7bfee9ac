import { WORDS, compareWords, copyWords, increment, putHighest, type Columns, type Family } from './columns.js';
import { Blocks } from './cover.js';
import { combine, edgesOf } from './edges.js';

/**
 * The lowest blocks of `bits` in the union of `pool` that overlap none of `taken`, nor each other: at most
 * `atMost`, by address.
 */
export function freeBlocks<F extends Family>(
  pool: Columns<F>,
  taken: Columns<F>,
  bits: number,
  atMost: number,
): Columns<F> {
  const { family, count, at } = combine('subtract', edgesOf(pool), edgesOf(taken));
  const words = WORDS[family];
  const found = new Blocks(family, 64);
  const start = new Uint32Array(words);
  const end = new Uint32Array(words);
  for (let edge = 0; edge < count; edge += 2) {
    copyWords(at, edge * words, start, 0, words);
    if (!alignUp(start, bits)) continue;

    for (;;) {
      if (found.count === atMost) return found.columns();

      // The block must end before the next edge, if there is one.
      putHighest(start, 0, bits, words, end, 0);
      if (edge + 1 < count && compareWords(end, 0, at, (edge + 1) * words, words) >= 0) break;

      found.push(start, bits);
      copyWords(end, 0, start, 0, words);
      if (increment(start, 0, words)) break;
    }
  }
  return found.columns();
}

/** Advances to the next address at which a block of `bits` can begin; false where there is none. */
function alignUp(address: Uint32Array, bits: number): boolean {
  const words = address.length;
  const lowest = address.slice();
  for (let word = 0; word < words; word += 1) {
    const own = bits - 32 * word;
    lowest[word] =
      own <= 0 ? 0 : own >= 32 ? (address[word] as number) : (address[word] as number) & ~(0xffffffff >>> own);
  }
  if (compareWords(lowest, 0, address, 0, words) === 0) return true;

  putHighest(address, 0, bits, words, address, 0);
  return !increment(address, 0, words);
}
