/**
 * The number of leading address bits that select a slot: few enough that all slots fit into the processor's
 * first-level cache.
 */
const SLOT_BITS = 11;
const LOW_BITS = 32 - SLOT_BITS;
const LOW = 2 ** LOW_BITS - 1;

/**
 * A part of the IPv4 blocks seen so far: for all addresses with the same eleven leading bits the last block,
 * or a wider one that contains them all. With one look-up, this identifies most blocks that are contained in
 * an earlier one, in any order.
 */
export class Covers4 {
  /** The lower bits of an address, and 33 − the length: 0 for none. */
  readonly #slots = new Uint32Array(2 ** SLOT_BITS);

  /** Whether a block is known to be contained in an earlier one; if not, it is stored. */
  holds(start: number, length: number): boolean {
    const slots = this.#slots;
    const slot = start >>> LOW_BITS;
    const known = slots[slot] as number;
    const width = 33 - (known & 63);
    // Where none is known the width is 33, and no length as large.
    if (((start & LOW) ^ (known >>> 6)) >>> (32 - width) === 0 && length >= width) return true;
    if (length >= SLOT_BITS) slots[slot] = ((start & LOW) << 6) | (33 - length);
    else this.#fill(slot, length);
    return false;
  }

  /** Keeps a block that has all addresses of some slots. */
  #fill(slot: number, length: number): void {
    // Shifts count modulo 32: /0 is kept as /1 is, in all slots.
    this.#slots.fill(33 - Math.max(1, length), slot, slot + 2 ** (SLOT_BITS - length));
  }
}
