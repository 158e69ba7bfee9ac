import { WORDS, type Columns } from './columns.js';

/** Below this many rows, comparing beats counting: a radix pass touches its whole table. */
const FEW = 256;
/** Digits of the radix passes over IPv4 addresses (three of 11 bits) and over each half of an IPv6 word. */
const DIGITS4 = [0, 11, 22] as const;

/** Rows by lowest address, then the wider block first, then as they stand: the order in which blocks nest. Stable. */
export function sortedOrder(columns: Columns): Uint32Array {
  const { count, bits } = columns;
  let order: Uint32Array = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) order[row] = row;
  if (isSorted(columns)) return order;
  if (count <= FEW) return order.sort((a, b) => compareRows(columns, a, b));
  // The last digit first: the length, then the address from its lowest digit on.
  order = passByBits(bits, order);
  return columns.family === 4 ? passes4(columns.starts, order) : passes6(columns.starts, order);
}

function compareRows({ family, starts, bits }: Columns, a: number, b: number): number {
  const words = WORDS[family];
  for (let word = 0; word < words; word += 1) {
    const left = starts[a * words + word] as number;
    const right = starts[b * words + word] as number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return (bits[a] as number) - (bits[b] as number) || a - b;
}

function isSorted(columns: Columns): boolean {
  for (let row = 1; row < columns.count; row += 1) if (compareRows(columns, row - 1, row) > 0) return false;
  return true;
}

function passByBits(bits: Uint8Array, order: Uint32Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let row = 0; row < order.length; row += 1)
    counts[bits[row] as number] = (counts[bits[row] as number] as number) + 1;
  if (counts[bits[0] as number] === order.length) return order;
  sumUp(counts);
  const next = new Uint32Array(order.length);
  for (let row = 0; row < order.length; row += 1) {
    const digit = bits[row] as number;
    const at = counts[digit] as number;
    next[at] = row;
    counts[digit] = at + 1;
  }
  return next;
}

/** The addresses travel with their rows, so that each pass reads them in sequence. */
function passes4(starts: Uint32Array, order: Uint32Array): Uint32Array {
  const { length } = order;
  const counts = [new Uint32Array(2048), new Uint32Array(2048), new Uint32Array(2048)] as const;
  const [low, middle, high] = counts;
  let keys: Uint32Array = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) {
    const key = starts[order[at] as number] as number;
    keys[at] = key;
    low[key & 2047] = (low[key & 2047] as number) + 1;
    middle[(key >>> 11) & 2047] = (middle[(key >>> 11) & 2047] as number) + 1;
    high[key >>> 22] = (high[key >>> 22] as number) + 1;
  }
  let rows = order;
  let otherKeys: Uint32Array = new Uint32Array(length);
  let otherRows: Uint32Array = new Uint32Array(length);
  for (const [pass, table] of counts.entries()) {
    const shift = DIGITS4[pass] ?? 0;
    if (table[((keys[0] as number) >>> shift) & 2047] === length) continue;
    sumUp(table);
    scatter4(keys, rows, shift, table, otherKeys, otherRows);
    [keys, otherKeys] = [otherKeys, keys];
    [rows, otherRows] = [otherRows, rows];
  }
  return rows;
}

function scatter4(
  keys: Uint32Array,
  rows: Uint32Array,
  shift: number,
  places: Uint32Array,
  otherKeys: Uint32Array,
  otherRows: Uint32Array,
): void {
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] as number;
    const digit = (key >>> shift) & 2047;
    const place = places[digit] as number;
    places[digit] = place + 1;
    otherKeys[place] = key;
    otherRows[place] = rows[at] as number;
  }
}

/** Eight digits of 16 bits; those that are the same in all rows, as most are in real tables, cost nothing. */
function passes6(starts: Uint32Array, order: Uint32Array): Uint32Array {
  const { length } = order;
  const varying = varyingBits(starts, length);
  const places = new Uint32Array(65_536);
  let rows = order;
  let other: Uint32Array = new Uint32Array(length);
  for (let word = WORDS[6] - 1; word >= 0; word -= 1) {
    for (const shift of [0, 16]) {
      if ((((varying[word] as number) >>> shift) & 0xffff) === 0) continue;
      places.fill(0);
      for (let row = 0; row < length; row += 1) {
        const digit = ((starts[row * 4 + word] as number) >>> shift) & 0xffff;
        places[digit] = (places[digit] as number) + 1;
      }
      sumUp(places);
      for (let at = 0; at < length; at += 1) {
        const row = rows[at] as number;
        const digit = ((starts[row * 4 + word] as number) >>> shift) & 0xffff;
        const place = places[digit] as number;
        places[digit] = place + 1;
        other[place] = row;
      }
      [rows, other] = [other, rows];
    }
  }
  return rows;
}

/** For each word the bits in which two rows differ. */
function varyingBits(starts: Uint32Array, count: number): Uint32Array {
  const varying = new Uint32Array(WORDS[6]);
  for (let row = 0; row < count; row += 1) {
    for (let word = 0; word < WORDS[6]; word += 1) {
      varying[word] = (varying[word] as number) | ((starts[row * 4 + word] as number) ^ (starts[word] as number));
    }
  }
  return varying;
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
