import { WORDS, compareWords, copyWords, type Columns } from './columns.js';
import { addressAfter } from './edges.js';
import type { Nest } from './nest.js';

/** The line of addresses cut up so that each piece has one longest block. */
export interface Segments {
  /** Where the pieces begin, ascending; the first at address zero. */
  readonly starts: Uint32Array;
  /** For each piece the position, in the nest's order, of the innermost block around it, of equal ones the first; or −1. */
  readonly positions: Int32Array;
  /** For each position that of the first block equal to it. */
  readonly heads: Int32Array;
}

/** Flattens nested blocks, in one sweep. Of n blocks come at most 2n + 1 pieces. */
export function flatten(columns: Columns, { order, parents }: Nest): Segments {
  const { family, starts, bits, count } = columns;
  const words = WORDS[family];
  const pieces = new Uint32Array((2 * count + 1) * words);
  const positions = new Int32Array(2 * count + 1).fill(-1, 0, 1);
  const heads = headsOf(columns, order, parents);
  let last = 0;
  const cut = (from: Uint32Array, at: number, position: number): void => {
    if (compareWords(pieces, last * words, from, at, words) !== 0) last += 1;
    copyWords(from, at, pieces, last * words, words);
    positions[last] = position === -1 ? -1 : (heads[position] as number);
  };
  const end = new Uint32Array(words);
  let open = -1;
  /** Ends the blocks that are open up to `around`. */
  const close = (around: number): void => {
    for (; open !== around; open = parents[open] as number) {
      const row = order[open] as number;
      if (!addressAfter(starts, row * words, bits[row] as number, words, end)) cut(end, 0, parents[open] as number);
    }
  };
  for (let position = 0; position < count; position += 1) {
    close(parents[position] as number);
    cut(starts, (order[position] as number) * words, position);
    open = position;
  }
  close(-1);
  return { starts: pieces.slice(0, (last + 1) * words), positions: positions.slice(0, last + 1), heads };
}

function headsOf({ bits }: Columns, order: Uint32Array, parents: Int32Array): Int32Array {
  const heads = new Int32Array(parents.length);
  for (let position = 0; position < parents.length; position += 1) {
    const parent = parents[position] as number;
    // A block of the same length around another one is the same block.
    const isTwin = parent !== -1 && bits[order[parent] as number] === bits[order[position] as number];
    heads[position] = isTwin ? (heads[parent] as number) : position;
  }
  return heads;
}
