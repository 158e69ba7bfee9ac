const COLON = 0x3a;
const SLASH = 0x2f;
const NONE = 255;

/** What each byte is worth as a hexadecimal digit; {@link NONE} for others. Upper case has 16 added. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return code >= 0x41 && code <= 0x46 ? code - 0x37 + 16 : NONE;
});

const groups = new Uint16Array(8);

/**
 * Reads an IPv6 block, or a bare address as /128, in any spelling of RFC 4291 without dotted tail, from text at `bytes[at]` into a row,
 * and answers where the text after it begins; −1 where there is none, or host bits are set, or it is IPv4-mapped. Whoever calls sees to
 * it that 48 bytes can be read, and looks at what follows.
 *
 * `lengths[row]` becomes the length of the text, or 0 where it is not what {@link writePrefix6} would write.
 */
export function read6(
  bytes: Uint8Array,
  at: number,
  row: number,
  starts: Uint32Array,
  bits: Uint8Array,
  lengths: Uint8Array,
): number {
  let next = at;
  let count = 0;
  /** How many groups stand before `::`; −1 while there is none. */
  let gap = -1;
  /** Whether all is as RFC 5952 has it so far, and the most zero groups in a row before and after `::`. */
  let isCanonical = true;
  let zeros = 0;
  let zerosBefore = 0;
  let zerosAfter = 0;
  if (bytes[next] === COLON) {
    if (bytes[next + 1] !== COLON) return -1;
    gap = 0;
    next += 2;
  }
  for (;;) {
    const first = DIGITS[bytes[next] as number] as number;
    if (first === NONE) {
      // Only `::` may end the address.
      if (gap !== count) return -1;
      break;
    }
    if (count === 8) return -1;
    const begin = next;
    let value = first & 15;
    let seen = first;
    next += 1;
    for (; next - begin < 5; next += 1) {
      const digit = DIGITS[bytes[next] as number] as number;
      if (digit === NONE) break;
      value = (value << 4) | (digit & 15);
      seen |= digit;
    }
    if (next - begin > 4) return -1;
    if (seen > 15 || (first === 0 && next - begin > 1)) isCanonical = false;
    if (value !== 0) zeros = 0;
    else {
      zeros += 1;
      if (count === gap) isCanonical = false; // it belongs to the `::` before it
      if (gap !== -1) zerosAfter = Math.max(zerosAfter, zeros);
      else zerosBefore = Math.max(zerosBefore, zeros);
    }
    groups[count] = value;
    count += 1;
    if (bytes[next] !== COLON) break;
    next += 1;
    if (bytes[next] === COLON) {
      if (gap !== -1) return -1;
      if (value === 0) isCanonical = false; // it belongs to this `::`
      gap = count;
      zeros = 0;
      next += 1;
    } else if (DIGITS[bytes[next] as number] === NONE) return -1;
  }
  if (gap === -1) {
    if (count !== 8) return -1;
    if (zerosBefore > 1) isCanonical = false;
  } else {
    const left = 8 - count;
    if (left === 0) return -1;
    if (left === 1 || zerosBefore >= left || zerosAfter > left) isCanonical = false;
    for (let group = count - 1; group >= gap; group -= 1) groups[group + left] = groups[group] as number;
    for (let group = gap; group < gap + left; group += 1) groups[group] = 0;
  }
  let length = 128;
  if (bytes[next] === SLASH) {
    length = (bytes[next + 1] as number) ^ 0x30;
    if (length > 9) return -1;
    next += 2;
    for (let digit = (bytes[next] as number) ^ 0x30; digit <= 9; digit = (bytes[next] as number) ^ 0x30) {
      if (length === 0) return -1;
      length = length * 10 + digit;
      if (length > 128) return -1;
      next += 1;
    }
  } else isCanonical = false;
  for (let word = 0; word < 4; word += 1) {
    const value = (((groups[2 * word] as number) << 16) | (groups[2 * word + 1] as number)) >>> 0;
    const own = length - 32 * word;
    if (value !== 0 && own < 32 && (own <= 0 || (value << own) >>> 0 !== 0)) return -1;
    starts[4 * row + word] = value;
  }
  if (length >= 96 && starts[4 * row + 2] === 0xffff && starts[4 * row] === 0 && starts[4 * row + 1] === 0) return -1;
  bits[row] = length;
  lengths[row] = isCanonical ? next - at : 0;
  return next;
}
