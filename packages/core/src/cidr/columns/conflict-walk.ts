import type { Columns } from './columns.js';
import { nest, type Nest } from './nest.js';

/**
 * All pairs of rows whose blocks share an address, delivered piece by piece, so that their number does not matter for memory:
 * by the narrower block in the order of addresses, then by the wider one. O(n log n + k) in all.
 */
export class ConflictWalk {
  readonly #nest: Nest;
  /** Positions of the blocks around the current one, the widest first. */
  readonly #around: number[] = [];
  #position = 0;
  #delivered = 0;

  constructor(columns: Columns, nested = nest(columns)) {
    this.#nest = nested;
  }

  /**
   * Writes pairs (row of the wider block, row of the narrower; of two equals the earlier row first) into `pairs`, as many
   * as fit, and answers how many; 0 when there are no more.
   */
  next(pairs: Uint32Array): number {
    const { order, parents } = this.#nest;
    const around = this.#around;
    let at = 0;
    while (this.#position < order.length) {
      const position = this.#position;
      if (this.#delivered === 0) {
        const parent = parents[position] as number;
        while (around.length > 0 && around[around.length - 1] !== parent) around.pop();
      }
      const row = order[position] as number;
      const until = Math.min(around.length, this.#delivered + ((pairs.length - at) >>> 1));
      for (let index = this.#delivered; index < until; index += 1) {
        pairs[at] = order[around[index] as number] as number;
        pairs[at + 1] = row;
        at += 2;
      }
      this.#delivered = until;
      if (until < around.length) return at >>> 1;
      around.push(position);
      this.#delivered = 0;
      this.#position += 1;
    }
    return at >>> 1;
  }
}

/** How many pairs there are, of equal blocks and of others, without making them. */
export function countConflicts(
  { bits }: Columns,
  { order, parents }: Nest,
): { readonly equals: number; readonly contains: number } {
  const depths = new Uint32Array(order.length);
  const twins = new Uint32Array(order.length);
  let equals = 0;
  let all = 0;
  for (let position = 0; position < order.length; position += 1) {
    const parent = parents[position] as number;
    if (parent === -1) continue;
    depths[position] = (depths[parent] as number) + 1;
    // A block of the same length around another is the same block.
    if (bits[order[parent] as number] === bits[order[position] as number])
      twins[position] = (twins[parent] as number) + 1;
    all += depths[position] as number;
    equals += twins[position] as number;
  }
  return { equals, contains: all - equals };
}
