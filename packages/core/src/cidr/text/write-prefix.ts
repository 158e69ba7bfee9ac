/** No IPv4 block needs more bytes: `255.255.255.255/32`. */
export const LONGEST4 = 18;
/** No IPv6 block needs more bytes: eight full groups and `/128`. */
export const LONGEST6 = 43;

/** Writes `10.0.0.0/8` in ASCII at `bytes[at]`, and returns the position after it. */
export function writePrefix4(bytes: Uint8Array, at: number, address: number, bits: number): number {
  let next = at;
  for (let shift = 24; shift >= 0; shift -= 8) {
    next = writeNumber(bytes, next, (address >>> shift) & 255);
    bytes[next] = shift === 0 ? 0x2f : 0x2e;
    next += 1;
  }
  return writeNumber(bytes, next, bits);
}

/** Writes `2001:db8::/32` in RFC 5952 form at `bytes[at]`, and returns the position after it. */
export function writePrefix6(bytes: Uint8Array, at: number, starts: Uint32Array, start: number, bits: number): number {
  let from = 8;
  let length = 1; // a single zero group is not shortened
  for (let group = 0, zeros = 0; group < 8; group += 1) {
    zeros = groupOf(starts, start, group) === 0 ? zeros + 1 : 0;
    if (zeros <= length) continue;

    length = zeros;
    from = group + 1 - zeros;
  }
  let next = at;
  for (let group = 0; group < 8; group += 1) {
    if (group === from) {
      bytes[next] = 0x3a;
      next += 1;
      if (from + length === 8) {
        bytes[next] = 0x3a;
        next += 1;
      }
      group += length - 1;
      continue;
    }

    if (group > 0) {
      bytes[next] = 0x3a;
      next += 1;
    }
    next = writeHex(bytes, next, groupOf(starts, start, group));
  }
  bytes[next] = 0x2f;
  return writeNumber(bytes, next + 1, bits);
}

function groupOf(starts: Uint32Array, start: number, group: number): number {
  const word = starts[start + (group >>> 1)] as number;
  return group % 2 === 0 ? word >>> 16 : word & 0xffff;
}

/** A number from 0 to 255 in decimal. */
function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let next = at;
  if (value > 99) {
    bytes[next] = 0x30 + Math.trunc(value / 100);
    next += 1;
  }
  if (value > 9) {
    bytes[next] = 0x30 + (Math.trunc(value / 10) % 10);
    next += 1;
  }
  bytes[next] = 0x30 + (value % 10);
  return next + 1;
}

function writeHex(bytes: Uint8Array, at: number, value: number): number {
  let next = at;
  for (let shift = value > 0xfff ? 12 : value > 0xff ? 8 : value > 15 ? 4 : 0; shift >= 0; shift -= 4) {
    const digit = (value >>> shift) & 15;
    bytes[next] = digit + (digit < 10 ? 0x30 : 0x57);
    next += 1;
  }
  return next;
}
