import type { Columns } from './columns.js';
import { parentsOf } from './nest.js';
import { sortColumns } from './sort.js';

/**
 * All pairs of rows whose blocks share an address, delivered piece by piece, so that their number does not matter for memory:
 * by the narrower block in the order of addresses, then by the wider one. O(n + k) in all.
 */
export class ConflictWalk {
  readonly #bits: Uint8Array;
  readonly #order: Uint32Array;
  readonly #parents: Int32Array;
  /** The blocks around the current one, the widest first: their rows, and their positions. */
  #rows = new Uint32Array(64);
  #positions = new Int32Array(64);
  #depth = 0;
  #position = 0;
  #delivered = 0;
  #counts: { readonly equals: number; readonly all: number } | undefined;

  constructor(columns: Columns) {
    const sorted = sortColumns(columns);
    this.#bits = sorted.bits;
    this.#order = sorted.order;
    this.#parents = parentsOf(sorted);
  }

  /** How many pairs of equal blocks there are in all. Known before the first is delivered. */
  get equals(): number {
    this.#counts ??= countPairs(this.#bits, this.#parents);
    return this.#counts.equals;
  }

  /** How many other pairs there are in all. */
  get contains(): number {
    this.#counts ??= countPairs(this.#bits, this.#parents);
    return this.#counts.all - this.#counts.equals;
  }

  /**
   * Writes pairs (row of the wider block, row of the narrower; of two equals the earlier row first) into `pairs`, as many
   * as fit, and answers how many; 0 when there are no more.
   */
  next(pairs: Uint32Array): number {
    const order = this.#order;
    const parents = this.#parents;
    const room = pairs.length - 1;
    let rows = this.#rows;
    let positions = this.#positions;
    let depth = this.#depth;
    let index = this.#delivered;
    let position = this.#position;
    let at = 0;
    for (; position < order.length; position += 1) {
      const row = order[position] as number;
      const parent = parents[position] as number;
      // What ends before this block is no longer around it.
      while (depth > 0 && positions[depth - 1] !== parent) depth -= 1;
      for (; index < depth && at < room; index += 1) {
        pairs[at] = rows[index] as number;
        pairs[at + 1] = row;
        at += 2;
      }
      if (index < depth) break; // the rest next time
      index = 0;
      if (depth === rows.length) {
        rows = this.#rows = doubled(rows, new Uint32Array(depth * 2));
        positions = this.#positions = doubled(positions, new Int32Array(depth * 2));
      }
      rows[depth] = row;
      positions[depth] = position;
      depth += 1;
    }
    this.#depth = depth;
    this.#delivered = index;
    this.#position = position;
    return at >>> 1;
  }
}

function doubled<Kind extends Uint32Array | Int32Array>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}

function countPairs(bits: Uint8Array, parents: Int32Array): { readonly equals: number; readonly all: number } {
  const depths = new Uint32Array(parents.length);
  const twins = new Uint32Array(parents.length);
  let equals = 0;
  let all = 0;
  for (let position = 0; position < parents.length; position += 1) {
    const parent = parents[position] as number;
    if (parent === -1) continue;
    depths[position] = (depths[parent] as number) + 1;
    // A block of the same length around another is the same block.
    if (bits[parent] === bits[position]) twins[position] = (twins[parent] as number) + 1;
    all += depths[position] as number;
    equals += twins[position] as number;
  }
  return { equals, all };
}
