import type { Columns } from './columns.js';
import { nestColumns, parentsOf, type Nesting } from './nest.js';

/**
 * All pairs of rows whose blocks overlap, delivered piece by piece, so that memory does not depend on their
 * number: by the narrower block in the order of addresses, then by the wider one. O(n + k) in total.
 */
export class ConflictWalk {
  readonly #nesting: Nesting;
  /** The blocks around the current one, the widest first: their rows, and their lengths. */
  #rows = new Uint32Array(64);
  #bits = new Uint8Array(64);
  #depth = 0;
  #position = 0;
  #delivered = 0;
  #counts: { readonly equals: number; readonly all: number } | undefined;

  constructor(columns: Columns) {
    this.#nesting = nestColumns(columns);
  }

  /** The total number of pairs of equal blocks. Known before the first is delivered. */
  get equals(): number {
    this.#counts ??= countPairs(this.#nesting);
    return this.#counts.equals;
  }

  /** The total number of other pairs. */
  get contains(): number {
    this.#counts ??= countPairs(this.#nesting);
    return this.#counts.all - this.#counts.equals;
  }

  /**
   * Writes pairs (row of the wider block, row of the narrower; of two equals the earlier row first) into
   * `pairs`, as many as fit, and returns their number; 0 when there are no more.
   */
  next(pairs: Uint32Array): number {
    const { count, entries } = this.#nesting;
    const room = pairs.length - 1;
    let rows = this.#rows;
    let around = this.#bits;
    let depth = this.#depth;
    let index = this.#delivered;
    let position = this.#position;
    let at = 0;
    for (; position < count; position += 1) {
      const row = entries[2 * position] as number;
      const entry = entries[2 * position + 1] as number;
      // Those longer than what this block has in common with the one before end before it. (None do, the second time.)
      const common = entry >>> 8;
      while (depth > 0 && (around[depth - 1] as number) > common) depth -= 1;
      for (; index < depth && at < room; index += 1) {
        pairs[at] = rows[index] as number;
        pairs[at + 1] = row;
        at += 2;
      }
      if (index < depth) break; // the rest next time

      index = 0;
      if (depth === rows.length) {
        rows = this.#rows = doubled(rows, new Uint32Array(depth * 2));
        around = this.#bits = doubled(around, new Uint8Array(depth * 2));
      }
      rows[depth] = row;
      around[depth] = entry & 255;
      depth += 1;
    }
    this.#depth = depth;
    this.#delivered = index;
    this.#position = position;
    return at >>> 1;
  }
}

function doubled<Kind extends Uint32Array | Uint8Array>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}

function countPairs(nesting: Nesting): { readonly equals: number; readonly all: number } {
  const { count, entries } = nesting;
  const parents = parentsOf(nesting);
  const depths = new Uint32Array(count);
  const twins = new Uint32Array(count);
  let equals = 0;
  let all = 0;
  for (let position = 0; position < count; position += 1) {
    const parent = parents[position] as number;
    if (parent === -1) continue;

    depths[position] = (depths[parent] as number) + 1;
    // A block of the same length around another is the same block.
    const lengths = (entries[2 * parent + 1] as number) ^ (entries[2 * position + 1] as number);
    if ((lengths & 255) === 0) twins[position] = (twins[parent] as number) + 1;
    all += depths[position] as number;
    equals += twins[position] as number;
  }
  return { equals, all };
}
