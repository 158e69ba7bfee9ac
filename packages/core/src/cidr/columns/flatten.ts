import { WORDS, compareWords, copyWords, type Sorted } from './columns.js';
import { addressAfter } from './edges.js';
import { nestSorted, parentsOf } from './nest.js';

/** The line of addresses cut up so that each piece has one longest block. */
export interface Segments {
  /** Where the pieces begin, ascending; the first at address zero. */
  readonly starts: Uint32Array;
  /** For each piece the position of the innermost block around it, of equal ones the first; or −1. */
  readonly positions: Int32Array;
  /** For each position that of the innermost block around it which is not the same block; or −1. */
  readonly around: Int32Array;
}

/** Flattens nested blocks, in one sweep. Of n blocks come at most 2n + 1 pieces. */
export function flatten(sorted: Sorted): Segments {
  const { family, starts, bits, count } = sorted;
  const words = WORDS[family];
  const around = distinctParents(sorted);
  const pieces = new Uint32Array((2 * count + 1) * words);
  const positions = new Int32Array(2 * count + 1).fill(-1, 0, 1);
  const end = new Uint32Array(words);
  let last = 0;
  const cut = (from: Uint32Array, at: number, position: number): void => {
    if (compareWords(pieces, last * words, from, at, words) !== 0) last += 1;
    copyWords(from, at, pieces, last * words, words);
    positions[last] = position;
  };
  let open = -1;
  /** Ends the blocks that are open, up to one of them. */
  const close = (upTo: number): void => {
    for (; open !== upTo; open = around[open] as number) {
      const isLast = addressAfter(starts, open * words, bits[open] as number, words, end);
      if (!isLast) cut(end, 0, around[open] as number);
    }
  };
  for (let position = 0; position < count; position += 1) {
    if (isTwin(sorted, position)) continue;

    close(around[position] as number);
    cut(starts, position * words, position);
    open = position;
  }
  close(-1);
  return { starts: pieces.slice(0, (last + 1) * words), positions: positions.slice(0, last + 1), around };
}

/** Whether a block is the same as the one before it. */
function isTwin({ family, starts, bits }: Sorted, position: number): boolean {
  const words = WORDS[family];
  if (position === 0 || bits[position] !== bits[position - 1]) return false;

  return compareWords(starts, position * words, starts, (position - 1) * words, words) === 0;
}

function distinctParents(sorted: Sorted): Int32Array {
  const parents = parentsOf(nestSorted(sorted));
  let head = 0;
  /** For each position the first of the blocks that are equal to it. */
  const heads = new Int32Array(sorted.count);
  for (let position = 0; position < sorted.count; position += 1) {
    if (isTwin(sorted, position)) parents[position] = parents[head] as number;
    else {
      head = position;
      const parent = parents[position] as number;
      if (parent !== -1) parents[position] = heads[parent] as number;
    }
    heads[position] = head;
  }
  return parents;
}
