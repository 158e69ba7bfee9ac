/** Up to this many rows, comparing is faster than counting. */
const FEW = 24;
/**
 * From this many rows on, two wide passes over a word are faster than four narrow ones, although their tables
 * are large.
 */
const MANY = 20_000;

/**
 * Sorts rows of blocks by address, then the wider first, then in input order: radix passes from the last
 * digit to the first, over the lengths and then over each word of the addresses. Digits that are equal in all
 * rows, as most of IPv6 are, are skipped.
 */
export function sortRows(starts: Uint32Array, bits: Uint8Array, words: number, rows: Uint32Array): void {
  if (rows.length <= FEW) {
    insertRows(starts, bits, words, rows);
    return;
  }

  const size = rows.length;
  const width = size < MANY ? 8 : 16;
  let from: Pass = { rows, keys: new Uint32Array(size) };
  let to: Pass = { rows: new Uint32Array(size), keys: new Uint32Array(size) };
  const swap = (): void => {
    [from, to] = [to, from];
  };
  fetchBits(bits, from);
  if (differs(from)) {
    scatter(from, to, 0, new Uint32Array(256));
    swap();
  }
  for (let word = words - 1; word >= 0; word -= 1) {
    const varying = fetchWord(starts, words, word, from);
    for (let shift = 0; shift < 32; shift += width) {
      if (((varying >>> shift) & (2 ** width - 1)) === 0) continue;

      scatter(from, to, shift, new Uint32Array(2 ** width));
      swap();
    }
  }
  if (from.rows !== rows) rows.set(from.rows);
}

/** Rows, and the part of each that is sorted by, which travels with them so that passes read in sequence. */
interface Pass {
  readonly rows: Uint32Array;
  readonly keys: Uint32Array;
}

function fetchBits(bits: Uint8Array, { rows, keys }: Pass): void {
  for (let at = 0; at < rows.length; at += 1) keys[at] = bits[rows[at] as number] as number;
}

function differs({ keys }: Pass): boolean {
  return keys.some((key) => key !== keys[0]);
}

/** Fetches a word of each row; returns the bits in which any two differ. */
function fetchWord(starts: Uint32Array, words: number, word: number, { rows, keys }: Pass): number {
  const first = starts[(rows[0] as number) * words + word] as number;
  let varying = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const key = starts[(rows[at] as number) * words + word] as number;
    keys[at] = key;
    varying |= key ^ first;
  }
  return varying;
}

/** Sorts by one digit, stably. */
function scatter(from: Pass, to: Pass, shift: number, places: Uint32Array): void {
  const { rows, keys } = from;
  const { rows: otherRows, keys: otherKeys } = to;
  const mask = places.length - 1;
  for (let at = 0; at < keys.length; at += 1) {
    const digit = ((keys[at] as number) >>> shift) & mask;
    places[digit] = (places[digit] as number) + 1;
  }
  for (let digit = 0, sum = 0; digit < places.length; digit += 1) {
    const own = places[digit] as number;
    places[digit] = sum;
    sum += own;
  }
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] as number;
    const digit = (key >>> shift) & mask;
    const place = places[digit] as number;
    places[digit] = place + 1;
    otherKeys[place] = key;
    otherRows[place] = rows[at] as number;
  }
}

function insertRows(starts: Uint32Array, bits: Uint8Array, words: number, rows: Uint32Array): void {
  for (let next = 1; next < rows.length; next += 1) {
    const row = rows[next] as number;
    let at = next;
    while (at > 0 && compareRows(starts, bits, words, rows[at - 1] as number, row) > 0) {
      rows[at] = rows[at - 1] as number;
      at -= 1;
    }
    rows[at] = row;
  }
}

/** Below, at or above zero as row `a` comes before, with or after row `b`. */
export function compareRows(starts: Uint32Array, bits: Uint8Array, words: number, a: number, b: number): number {
  for (let word = 0; word < words; word += 1) {
    const left = starts[a * words + word] as number;
    const right = starts[b * words + word] as number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return (bits[a] as number) - (bits[b] as number);
}
