import { WORDS, type Sorted } from './columns.js';

/**
 * For each position of sorted blocks that of the innermost block around it, of equal ones the one before; −1 for none. Blocks
 * never overlap partly, so these make up all that is to be known of their overlaps. One sweep.
 */
export function parentsOf({ family, starts, bits, count }: Sorted): Int32Array {
  const parents = new Int32Array(count);
  const words = WORDS[family];
  let open = -1;
  for (let position = 0; position < count; position += 1) {
    // The blocks that are open are all around the one before: those no longer than what this one has in common with it hold this one, too.
    const common = position === 0 ? 0 : commonBits(starts, position * words, words);
    while (open !== -1 && (bits[open] as number) > common) open = parents[open] as number;
    parents[position] = open;
    open = position;
  }
  return parents;
}

/** How many leading bits the address at `starts[at]` has in common with the one before it. */
export function commonBits(starts: Uint32Array, at: number, words: number): number {
  for (let word = 0; word < words; word += 1) {
    const differ = (starts[at + word] as number) ^ (starts[at + word - words] as number);
    if (differ !== 0) return 32 * word + Math.clz32(differ);
  }
  return 32 * words;
}
