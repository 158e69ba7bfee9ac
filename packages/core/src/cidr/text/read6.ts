const COLON = 0x3a;
const SLASH = 0x2f;
const NONE = 255;
const UPPER = 16;

/**
 * The value of each byte as a hexadecimal digit, plus {@link UPPER} in upper case; {@link NONE} for others.
 */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;

  return code >= 0x41 && code <= 0x46 ? code - 0x37 + UPPER : NONE;
});

/** The groups of the address that is being read, and the same two at a time, to be cleared quickly. */
const groups = new Uint16Array(8);
const pairs = new Uint32Array(groups.buffer);

/**
 * Reads an IPv6 block, or a bare address as /128, in any spelling of RFC 4291 without dotted tail, from text
 * at `bytes[at]` into a row, and returns the position after it; −1 where there is none, or host bits are set,
 * or it is IPv4-mapped. The caller ensures that 64 bytes can be read, and checks what follows.
 *
 * `exact[row]` becomes 1 where the text is the canonical one, with its length, and else 0.
 */
export function read6(
  bytes: Uint8Array,
  at: number,
  row: number,
  starts: Uint32Array,
  bits: Uint8Array,
  exact: Uint8Array,
): number {
  let next = at;
  let count = 0;
  /** The number of groups before `::`; −1 while there is none. */
  let gap = -1;
  let isPlain = true;
  let hasZeroGroup = false;
  pairs[0] = 0;
  pairs[1] = 0;
  pairs[2] = 0;
  pairs[3] = 0;
  let first = DIGITS[bytes[next] as number] as number;
  if (first === NONE) {
    if (bytes[next] !== COLON || bytes[next + 1] !== COLON) return -1;

    gap = 0;
    next += 2;
    first = DIGITS[bytes[next] as number] as number;
  }
  while (first !== NONE) {
    if (count === 8) return -1;

    let value = first & 15;
    let seen = first;
    let size = 1;
    for (; size < 5; size += 1) {
      const digit = DIGITS[bytes[next + size] as number] as number;
      if (digit === NONE) break;

      value = (value << 4) | (digit & 15);
      seen |= digit;
    }
    if (size === 5) return -1;

    if (seen >= UPPER || (first === 0 && size > 1)) isPlain = false;
    if (value === 0) hasZeroGroup = true;
    groups[count] = value;
    count += 1;
    next += size;
    if (bytes[next] !== COLON) break;

    next += 1;
    first = DIGITS[bytes[next] as number] as number;
    if (first === NONE) {
      if (bytes[next] !== COLON || gap !== -1) return -1;

      gap = count;
      next += 1;
      first = DIGITS[bytes[next] as number] as number;
    }
  }
  if (gap === -1 ? count !== 8 : count === 8) return -1;

  if (gap !== -1 && gap < count) spread(gap, count);
  let length = 128;
  if (bytes[next] === SLASH) {
    length = (bytes[next + 1] as number) ^ 0x30;
    if (length > 9) return -1;

    next += 2;
    for (let digit = (bytes[next] as number) ^ 0x30; digit <= 9; digit = (bytes[next] as number) ^ 0x30) {
      length = length * 10 + digit;
      if (length < 10 || length > 128) return -1;

      next += 1;
    }
  } else isPlain = false;
  if (!put(starts, row * 4, length)) return -1;

  if (isPlain && (hasZeroGroup || count === 7)) isPlain = isShortened(gap, 8 - count);
  bits[row] = length;
  exact[row] = isPlain ? 1 : 0;
  return next;
}

/** Moves the groups after `::` to the end, and fills in zeros. */
function spread(gap: number, count: number): void {
  const left = 8 - count;
  for (let group = count - 1; group >= gap; group -= 1) groups[group + left] = groups[group] as number;
  for (let group = gap; group < gap + left; group += 1) groups[group] = 0;
}

/** Stores the groups as words; false where they have host bits, or are an IPv4-mapped block. */
function put(starts: Uint32Array, start: number, length: number): boolean {
  const first = ((groups[0] as number) << 16) | (groups[1] as number);
  const second = ((groups[2] as number) << 16) | (groups[3] as number);
  const third = ((groups[4] as number) << 16) | (groups[5] as number);
  const fourth = ((groups[6] as number) << 16) | (groups[7] as number);
  starts[start] = first;
  starts[start + 1] = second;
  starts[start + 2] = third;
  starts[start + 3] = fourth;
  // Shifts count modulo 32, and a shift by nothing leaves a whole word, which is correct: /32 has all of the
  // second as host bits.
  if (length < 32) return ((first << length) | second | third | fourth) === 0;
  if (length < 64) return ((second << length) | third | fourth) === 0;
  if (length < 96) return ((third << length) | fourth) === 0;
  if ((first | second) === 0 && third === 0xffff) return false;

  return length === 128 || fourth << length === 0;
}

/**
 * Whether `::` is at the position that RFC 5952 requires: the longest run of two or more zero groups, the
 * first of equal ones.
 */
function isShortened(gap: number, left: number): boolean {
  let from = -1;
  let longest = 1;
  for (let group = 0, zeros = 0; group < 8; group += 1) {
    zeros = groups[group] === 0 ? zeros + 1 : 0;
    if (zeros <= longest) continue;

    longest = zeros;
    from = group + 1 - zeros;
  }
  return from === gap && (gap === -1 || longest === left);
}
