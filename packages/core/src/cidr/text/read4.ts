const DOT = 0x2e;
const SLASH = 0x2f;

/**
 * Reads an IPv4 block, or a bare address as /32, from text at `bytes[at]` into a row, and returns the
 * position after it; −1 where there is none in canonical form. The caller ensures that 20 bytes can be read,
 * and checks what follows.
 *
 * `exact[row]` becomes 1 where the text is the canonical one, with its length, and else 0.
 */
export function read4(
  bytes: Uint8Array,
  at: number,
  row: number,
  starts: Uint32Array,
  bits: Uint8Array,
  exact: Uint8Array,
): number {
  let next = at;
  let address = 0;
  let code = 0;
  for (let octet = 0; octet < 4; octet += 1) {
    let value = (bytes[next] as number) ^ 0x30;
    if (value > 9) return -1;

    code = bytes[next + 1] as number;
    next += 2;
    let digit = code ^ 0x30;
    if (digit <= 9) {
      if (value === 0) return -1;

      value = value * 10 + digit;
      code = bytes[next] as number;
      next += 1;
      digit = code ^ 0x30;
      if (digit <= 9) {
        value = value * 10 + digit;
        if (value > 255) return -1;

        code = bytes[next] as number;
        next += 1;
      }
    }
    if (code !== DOT && octet < 3) return -1;

    address = (address << 8) | value;
  }
  // `next` is one beyond the byte in `code`, which ended the fourth octet.
  if (code !== SLASH) {
    if (code === DOT) return -1;

    starts[row] = address;
    bits[row] = 32;
    exact[row] = 0;
    return next - 1;
  }

  let length = (bytes[next] as number) ^ 0x30;
  if (length > 9) return -1;

  next += 1;
  const digit = (bytes[next] as number) ^ 0x30;
  if (digit <= 9) {
    if (length === 0) return -1;

    length = length * 10 + digit;
    if (length > 32) return -1;

    next += 1;
  }
  // Shifts count modulo 32: those by 32 are done in two steps.
  if ((address << (length >>> 1)) << (length - (length >>> 1)) !== 0) return -1;

  starts[row] = address;
  bits[row] = length;
  exact[row] = 1;
  return next;
}
