import type { Columns } from './columns.js';
import { parentsOf } from './nest.js';
import { sortColumns } from './sort.js';

/**
 * All pairs of rows whose blocks share an address, delivered piece by piece, so that their number does not matter for memory:
 * by the narrower block in the order of addresses, then by the wider one. O(n + k) in all.
 */
export class ConflictWalk {
  /** How many pairs of equal blocks there are, and of others. Known before the first is delivered. */
  readonly equals: number;
  readonly contains: number;
  readonly #order: Uint32Array;
  readonly #parents: Int32Array;
  /** Rows of the blocks around the current one, the widest first, and their positions. */
  #rows = new Uint32Array(64);
  #positions = new Int32Array(64);
  #depth = 0;
  #position = 0;
  #delivered = 0;

  constructor(columns: Columns) {
    const sorted = sortColumns(columns);
    this.#order = sorted.order;
    this.#parents = parentsOf(sorted);
    const { equals, all } = countPairs(sorted.bits, this.#parents);
    this.equals = equals;
    this.contains = all - equals;
  }

  /**
   * Writes pairs (row of the wider block, row of the narrower; of two equals the earlier row first) into `pairs`, as many
   * as fit, and answers how many; 0 when there are no more.
   */
  next(pairs: Uint32Array): number {
    const order = this.#order;
    const room = pairs.length - 1;
    let at = 0;
    for (; this.#position < order.length; this.#position += 1) {
      if (this.#delivered === 0) this.#close(this.#parents[this.#position] as number);
      const row = order[this.#position] as number;
      const rows = this.#rows;
      const depth = this.#depth;
      let index = this.#delivered;
      for (; index < depth && at < room; index += 1) {
        pairs[at] = rows[index] as number;
        pairs[at + 1] = row;
        at += 2;
      }
      this.#delivered = index === depth ? 0 : index;
      if (index < depth) break;
      this.#open(row);
    }
    return at >>> 1;
  }

  /** Drops what ends before the current block. */
  #close(parent: number): void {
    while (this.#depth > 0 && this.#positions[this.#depth - 1] !== parent) this.#depth -= 1;
  }

  #open(row: number): void {
    if (this.#depth === this.#rows.length) {
      const [rows, positions] = [this.#rows, this.#positions];
      this.#rows = new Uint32Array(rows.length * 2);
      this.#positions = new Int32Array(rows.length * 2);
      this.#rows.set(rows);
      this.#positions.set(positions);
    }
    this.#rows[this.#depth] = row;
    this.#positions[this.#depth] = this.#position;
    this.#depth += 1;
  }
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
