/** Set in the tables for what is hexadecimal. */
export const IS_HEX = 0x100;

/** The value of each byte as a lower-case hexadecimal digit, and {@link IS_HEX}; 0 for others. */
export const HEX_DIGIT = new Uint16Array(256);
for (let digit = 0; digit < 16; digit += 1) HEX_DIGIT[digit.toString(16).charCodeAt(0)] = IS_HEX | digit;

/** The same for each two bytes, the first being the higher. */
export const HEX_PAIR = new Uint16Array(65_536);
for (let value = 0; value < 256; value += 1) {
  const text = value.toString(16).padStart(2, '0');
  HEX_PAIR[(text.charCodeAt(0) << 8) | text.charCodeAt(1)] = IS_HEX | value;
}

const COLON = 0x3a;
const SLASH = 0x2f;
const ZERO = 0x30;

/**
 * Reads a string that is an IPv6 block as `read6Network` accepts it, up to four groups, `::` and a length, in
 * canonical form, into a row; false where it is not one. Separate from that, which reads bytes, since copying
 * the characters of a string takes as long as reading them.
 */
export function read6Text(text: string, row: number, starts: Uint32Array, bits: Uint8Array): boolean {
  if (typeof text !== 'string') return false;

  const { length } = text;
  let at = 0;
  /** The two upper words of the address, into which groups are shifted. */
  let first = 0;
  let second = 0;
  let value = 0;
  for (let count = 0; ; count += 1) {
    // The shortest rest is `:/0`, or with a group before it `0::/0`. Accesses past the end would slow down
    // every access.
    if (at + 3 > length) return false;

    const lead = text.charCodeAt(at);
    if (lead === COLON) {
      // Zeros for the groups that `::` replaces.
      for (; count < 4; count += 1) {
        first = (first << 16) | (second >>> 16);
        second <<= 16;
      }
      break;
    }
    if (count === 4 || at + 5 > length) return false;

    const next = text.charCodeAt(at + 1);
    const third = text.charCodeAt(at + 2);
    const fourth = text.charCodeAt(at + 3);
    if ((lead | next | third | fourth) > 0xff) return false;

    const high = HEX_PAIR[(lead << 8) | next] as number;
    const low = HEX_PAIR[(third << 8) | fourth] as number;
    let end = next;
    if ((high & low) >= IS_HEX) {
      value = ((high & 0xff) << 8) | (low & 0xff);
      end = text.charCodeAt(at + 4);
      at += 5;
    } else if (high >= IS_HEX) {
      const digit = HEX_DIGIT[third] as number;
      const isDigit = digit >>> 8;
      value = ((high & 0xff) << (4 * isDigit)) | (digit & 15);
      end = isDigit === 1 ? fourth : third;
      at += 3 + isDigit;
    } else {
      const digit = HEX_DIGIT[lead] as number;
      if (digit < IS_HEX) return false;

      value = digit & 15;
      at += 2;
    }
    if (end !== COLON || (lead === ZERO && high >= IS_HEX)) return false;

    first = (first << 16) | (second >>> 16);
    second = (second << 16) | value;
  }
  // Zeros before `::` belong to it. A shorter run of zeros elsewhere has fewer groups than `::` replaces, so
  // `::` is at the correct position.
  if (value === 0 || text.charCodeAt(at + 1) !== SLASH) return false;

  let bitLength = text.charCodeAt(at + 2) ^ 0x30;
  if (bitLength > 9) return false;

  for (at += 3; at < length; at += 1) {
    const digit = text.charCodeAt(at) ^ 0x30;
    if (digit > 9) return false;

    bitLength = bitLength * 10 + digit;
    if (bitLength < 10 || bitLength > 128) return false;
  }
  // Shifts count modulo 32.
  if (bitLength < 32 ? ((first << bitLength) | second) !== 0 : bitLength < 64 && second << bitLength !== 0)
    return false;

  starts[row * 4] = first;
  starts[row * 4 + 1] = second;
  starts[row * 4 + 2] = 0;
  starts[row * 4 + 3] = 0;
  bits[row] = bitLength;
  return true;
}
