/** Up to so many rows, comparing beats counting. */
const FEW = 24;
/** From so many rows on, two wide passes beat four narrow ones, although their tables are large. */
const MANY = 20_000;

/** Sorts the rows at `from` to `to`, which are equal in the words before `word`: by that word, and equal ones by the next. */
export function sortRun(
  starts: Uint32Array,
  bits: Uint8Array,
  words: number,
  order: Uint32Array,
  from: number,
  to: number,
  word: number,
): void {
  if (to - from <= FEW) {
    insert(starts, bits, words, order, from, to, word);
    return;
  }
  const keys = sortByWord(starts, words, order, from, to, word);
  for (let begin = 0, at = 1; at <= keys.length; at += 1) {
    if (at < keys.length && keys[at] === keys[begin]) continue;
    if (at - begin > 1) {
      if (word + 1 < words) sortRun(starts, bits, words, order, from + begin, from + at, word + 1);
      else sortByBits(bits, order, from + begin, from + at);
    }
    begin = at;
  }
}

/** Sorts rows by one word, stably, in passes over its digits from the lowest on; answers with the words in their new order. */
function sortByWord(
  starts: Uint32Array,
  words: number,
  order: Uint32Array,
  from: number,
  to: number,
  word: number,
): Uint32Array {
  const size = to - from;
  const width = size < MANY ? 8 : 16;
  let rows: Uint32Array = order.subarray(from, to);
  let keys: Uint32Array = new Uint32Array(size);
  let otherRows: Uint32Array = new Uint32Array(size);
  let otherKeys: Uint32Array = new Uint32Array(size);
  const tables = Array.from({ length: 32 / width }, () => new Uint32Array(2 ** width));
  count(starts, rows, words, word, keys, tables);
  for (const [digit, places] of tables.entries()) {
    const shift = digit * width;
    if (places[((keys[0] as number) >>> shift) & (places.length - 1)] === size) continue; // the same in all rows
    sumUp(places);
    scatter(keys, rows, shift, places, otherKeys, otherRows);
    [keys, otherKeys] = [otherKeys, keys];
    [rows, otherRows] = [otherRows, rows];
  }
  if (rows.buffer !== order.buffer) order.set(rows, from);
  return keys;
}

/** Fetches the words, and counts the digits of all passes at once. */
function count(
  starts: Uint32Array,
  rows: Uint32Array,
  words: number,
  word: number,
  keys: Uint32Array,
  tables: readonly Uint32Array[],
): void {
  const [first, second, third, fourth] = tables;
  if (!first || !second) return;
  for (let at = 0; at < rows.length; at += 1) {
    const key = starts[(rows[at] as number) * words + word] as number;
    keys[at] = key;
    if (third && fourth) {
      bump(first, key & 255);
      bump(second, (key >>> 8) & 255);
      bump(third, (key >>> 16) & 255);
      bump(fourth, key >>> 24);
    } else {
      bump(first, key & 65_535);
      bump(second, key >>> 16);
    }
  }
}

function bump(table: Uint32Array, digit: number): void {
  table[digit] = (table[digit] as number) + 1;
}

function scatter(
  keys: Uint32Array,
  rows: Uint32Array,
  shift: number,
  places: Uint32Array,
  otherKeys: Uint32Array,
  otherRows: Uint32Array,
): void {
  const mask = places.length - 1;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] as number;
    const digit = (key >>> shift) & mask;
    const place = places[digit] as number;
    places[digit] = place + 1;
    otherKeys[place] = key;
    otherRows[place] = rows[at] as number;
  }
}

/** Sorts rows with equal addresses by length. */
function sortByBits(bits: Uint8Array, order: Uint32Array, from: number, to: number): void {
  if (to - from > FEW) {
    countBits(bits, order, from, to);
    return;
  }
  for (let next = from + 1; next < to; next += 1) {
    const row = order[next] as number;
    const length = bits[row] as number;
    let at = next;
    while (at > from && (bits[order[at - 1] as number] as number) > length) {
      order[at] = order[at - 1] as number;
      at -= 1;
    }
    order[at] = row;
  }
}

function countBits(bits: Uint8Array, order: Uint32Array, from: number, to: number): void {
  const rows = order.slice(from, to);
  const places = new Uint32Array(256);
  for (const row of rows) places[bits[row] as number] = (places[bits[row] as number] as number) + 1;
  sumUp(places);
  for (const row of rows) {
    const length = bits[row] as number;
    const place = places[length] as number;
    places[length] = place + 1;
    order[from + place] = row;
  }
}

/** Turns counts into the places where each digit's rows begin. */
function sumUp(counts: Uint32Array): void {
  let sum = 0;
  for (let digit = 0; digit < counts.length; digit += 1) {
    const own = counts[digit] as number;
    counts[digit] = sum;
    sum += own;
  }
}

function insert(
  starts: Uint32Array,
  bits: Uint8Array,
  words: number,
  order: Uint32Array,
  from: number,
  to: number,
  word: number,
): void {
  for (let next = from + 1; next < to; next += 1) {
    const row = order[next] as number;
    let at = next;
    while (at > from && compareRows(starts, bits, words, word, order[at - 1] as number, row) > 0) {
      order[at] = order[at - 1] as number;
      at -= 1;
    }
    order[at] = row;
  }
}

/** Below, at or above zero as row `a` comes before, with or after row `b`, by the words from `from` on and then by length. */
export function compareRows(
  starts: Uint32Array,
  bits: Uint8Array,
  words: number,
  from: number,
  a: number,
  b: number,
): number {
  for (let word = from; word < words; word += 1) {
    const left = starts[a * words + word] as number;
    const right = starts[b * words + word] as number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return (bits[a] as number) - (bits[b] as number);
}
