/**
 * The index of a key's higher word when the key is read as a double: the second, but the first on big-endian
 * processors.
 */
export const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
/** The index of a key's lower word. */
export const LOW = 1 - HIGH;

/**
 * Rows with sort keys of two words, and the same keys read as doubles: positive doubles have the same order
 * as their words, so one comparison and one move handle both words. The higher words must stay below
 * 0x7ff00000, where doubles end.
 */
export interface KeyedRows {
  readonly keys: Float64Array;
  /** The words of the keys: of key n those at 2n + {@link HIGH} and 2n + {@link LOW}. */
  readonly halves: Uint32Array;
  /** Empty where the keys contain the rows as well. */
  readonly rows: Uint32Array;
}

/** Room for `count` of them. */
export function keyedRows(count: number, hasRows: boolean): KeyedRows {
  const keys = new Float64Array(count);
  return { keys, halves: new Uint32Array(keys.buffer), rows: new Uint32Array(hasRows ? count : 0) };
}

/** A part of a key: `(word − base) >>> shift` of its higher or its lower word, below 2 to the power of `width`. */
export interface Digit {
  /** {@link HIGH} or {@link LOW}. */
  readonly half: number;
  readonly base: number;
  readonly shift: number;
  readonly width: number;
}

/**
 * Moves the rows from `begin` to `end` into `target`, from `at` on, in a stable sort by a digit. Afterwards
 * `places` contains where the rows of each digit end, counted from `at`. Returns the number of rows with the
 * most frequent digit.
 */
export function divide(
  source: KeyedRows,
  begin: number,
  end: number,
  target: KeyedRows,
  at: number,
  { half, base, shift, width }: Digit,
  places: Uint32Array,
): number {
  const { keys, halves, rows } = source;
  const { keys: targetKeys, rows: targetRows } = target;
  const hasRows = rows.length > 0;
  const digits = 2 ** width;
  places.fill(0, 0, digits);
  for (let from = begin; from < end; from += 1) {
    const digit = ((halves[2 * from + half] as number) - base) >>> shift;
    places[digit] = (places[digit] as number) + 1;
  }
  let most = 0;
  for (let digit = 0, sum = 0; digit < digits; digit += 1) {
    const own = places[digit] as number;
    places[digit] = sum;
    sum += own;
    if (own > most) most = own;
  }
  for (let from = begin; from < end; from += 1) {
    const digit = ((halves[2 * from + half] as number) - base) >>> shift;
    const place = places[digit] as number;
    places[digit] = place + 1;
    targetKeys[at + place] = keys[from] as number;
    if (hasRows) targetRows[at + place] = rows[from] as number;
  }
  return most;
}

/** Sorts the first `size` by comparing, stably: quick where all are near their places. */
export function insert({ keys, rows }: KeyedRows, size: number): void {
  const hasRows = rows.length > 0;
  let previous = keys[0] as number;
  for (let next = 1; next < size; next += 1) {
    const key = keys[next] as number;
    if (previous <= key) {
      previous = key;
      continue;
    }

    const row = hasRows ? (rows[next] as number) : 0;
    let at = next;
    do {
      keys[at] = keys[at - 1] as number;
      if (hasRows) rows[at] = rows[at - 1] as number;
      at -= 1;
    } while (at > 0 && (keys[at - 1] as number) > key);
    keys[at] = key;
    if (hasRows) rows[at] = row;
  }
}
