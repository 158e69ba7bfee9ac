import { addressOf, type Address } from './ip-address.js';

const OCTETS = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
const MAPPED = 0xffffn;

/** The address that `text` writes, or `undefined`; IPv4-mapped ones are read here, and nothing is thrown. */
export function readAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = readOctets(text);
    return value === undefined ? undefined : addressOf(4, BigInt(value));
  }

  const groups = readGroups(text);
  return (
    groups &&
    addressOf(
      6,
      groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n),
    )
  );
}

/** Whether an address is of ::ffff:0:0/96 (RFC 4291, 2.5.5.2). */
export function isMapped({ family, value }: Address): boolean {
  return family === 6 && value >> 32n === MAPPED;
}

function readOctets(text: string): number | undefined {
  const match = OCTETS.exec(text);
  if (!match) return undefined;

  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
  return Math.max(a, b, c, d) > 255 ? undefined : ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** The eight groups of an IPv6 text. The last two may be written as four octets (RFC 4291, 2.2.3). */
function readGroups(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (text.length > 45 || halves.length > 2) return undefined; // 45 is the longest spelling

  const [head = '', tail] = halves;
  const before = readRun(head, tail === undefined);
  const after = tail === undefined ? [] : readRun(tail, true);
  if (!before || !after) return undefined;

  const missing = 8 - before.length - after.length;
  // `::` replaces one group or more according to RFC 4291. RFC 5952 writes it for two or more only.
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;

  return [...before, ...Array<number>(missing).fill(0), ...after];
}

function readRun(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];

  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const octets = last && index === parts.length - 1 ? readOctets(part) : undefined;
    if (octets !== undefined) groups.push(octets >>> 16, octets & 0xffff);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
