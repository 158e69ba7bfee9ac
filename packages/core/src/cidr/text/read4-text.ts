const DOT = 0x2e;
const SLASH = 0x2f;

/**
 * Reads a string that is an IPv4 block with its length, in canonical form, into a row; false where it is not
 * one. Separate from `read4`, which reads bytes, since copying the characters of a string takes as long as
 * reading them.
 */
export function read4Text(text: string, row: number, starts: Uint32Array, bits: Uint8Array): boolean {
  if (typeof text !== 'string') return false;

  const { length } = text;
  let at = 0;
  let address = 0;
  for (let octet = 0; octet < 3; octet += 1) {
    // The shortest rest is `0/0`, or that and dots. Accesses past the end would slow down every access.
    if (at + 9 - 2 * octet > length) return false;

    let value = text.charCodeAt(at) ^ 0x30;
    if (value > 9) return false;

    let code = text.charCodeAt(at + 1);
    at += 2;
    const second = code ^ 0x30;
    if (second <= 9) {
      if (value === 0 || at + 1 >= length) return false;

      value = value * 10 + second;
      // Whether there is a third digit is unpredictable, so both cases run the same instructions.
      const third = text.charCodeAt(at) ^ 0x30;
      const isDigit = (third - 10) >>> 31;
      value += (9 * value + third) * isDigit;
      if (value > 255) return false;

      at += 1 + isDigit;
      code = text.charCodeAt(at - 1);
    }
    if (code !== DOT) return false;

    address = (address << 8) | value;
  }
  if (at + 3 > length) return false;

  let value = text.charCodeAt(at) ^ 0x30;
  if (value > 9) return false;

  let code = text.charCodeAt(at + 1);
  at += 2;
  let digit = code ^ 0x30;
  if (digit <= 9) {
    if (value === 0 || at + 1 >= length) return false;

    value = value * 10 + digit;
    code = text.charCodeAt(at);
    at += 1;
    digit = code ^ 0x30;
    if (digit <= 9) {
      value = value * 10 + digit;
      if (value > 255 || at + 1 >= length) return false;

      code = text.charCodeAt(at);
      at += 1;
    }
  }
  if (code !== SLASH || at >= length) return false;

  address = (address << 8) | value;
  let bitLength = text.charCodeAt(at) ^ 0x30;
  if (bitLength > 9) return false;

  at += 1;
  if (at < length) {
    digit = text.charCodeAt(at) ^ 0x30;
    if (digit > 9 || bitLength === 0) return false;

    bitLength = bitLength * 10 + digit;
    if (bitLength > 32 || at + 1 !== length) return false;
  }
  // Shifts count modulo 32: those by 32 are done in two steps.
  const half = bitLength >>> 1;
  if ((address << half) << (bitLength - half) !== 0) return false;

  starts[row] = address;
  bits[row] = bitLength;
  return true;
}
