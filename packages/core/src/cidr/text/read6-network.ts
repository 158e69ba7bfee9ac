import { HEX_DIGIT, HEX_PAIR, IS_HEX } from './read6-text.js';

const COLON = 0x3a;
const SLASH = 0x2f;
const ZERO = 0x30;

/**
 * Reads an IPv6 block in the usual form of networks, `2001:db8:1:2::/64`: up to four groups, then `::` and a
 * length, in canonical form. Otherwise as {@link read6}, in half its time; −1 for all other forms, too.
 */
export function read6Network(
  bytes: Uint8Array,
  at: number,
  row: number,
  starts: Uint32Array,
  bits: Uint8Array,
  exact: Uint8Array,
): number {
  let next = at;
  /** The two upper words of the address, into which groups are shifted. */
  let first = 0;
  let second = 0;
  let count = 0;
  let value = 0;
  do {
    if (count === 4) return -1;

    const lead = bytes[next] as number;
    const third = bytes[next + 2] as number;
    const high = HEX_PAIR[(lead << 8) | (bytes[next + 1] as number)] as number;
    const low = HEX_PAIR[(third << 8) | (bytes[next + 3] as number)] as number;
    if ((high & low) >= IS_HEX) {
      value = ((high & 0xff) << 8) | (low & 0xff);
      next += 4;
    } else if (high >= IS_HEX) {
      const digit = HEX_DIGIT[third] as number;
      value = high & 0xff;
      next += 2;
      if (digit >= IS_HEX) {
        value = (value << 4) | (digit & 15);
        next += 1;
      }
    } else {
      const digit = HEX_DIGIT[lead] as number;
      if (digit < IS_HEX) return -1;

      value = digit & 15;
      next += 1;
    }
    if ((lead === ZERO && high >= IS_HEX) || bytes[next] !== COLON) return -1;

    next += 1;
    first = (first << 16) | (second >>> 16);
    second = (second << 16) | value;
    count += 1;
  } while (bytes[next] !== COLON);
  // Zeros before `::` belong to it. A shorter run of zeros elsewhere has fewer groups than `::` replaces, so
  // `::` is at the correct position.
  if (value === 0 || bytes[next + 1] !== SLASH) return -1;

  for (; count < 4; count += 1) {
    first = (first << 16) | (second >>> 16);
    second <<= 16;
  }
  let length = (bytes[next + 2] as number) ^ 0x30;
  if (length > 9) return -1;

  next += 3;
  for (let digit = (bytes[next] as number) ^ 0x30; digit <= 9; digit = (bytes[next] as number) ^ 0x30) {
    length = length * 10 + digit;
    if (length < 10 || length > 128) return -1;

    next += 1;
  }
  // Shifts count modulo 32.
  if (length < 32 ? ((first << length) | second) !== 0 : length < 64 && second << length !== 0) return -1;

  starts[row * 4] = first;
  starts[row * 4 + 1] = second;
  starts[row * 4 + 2] = 0;
  starts[row * 4 + 3] = 0;
  bits[row] = length;
  exact[row] = 1;
  return next;
}
