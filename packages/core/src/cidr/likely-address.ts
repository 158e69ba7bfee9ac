import { isMapped, readAddress, type Address } from './read-address.js';

/**
 * The addresses that the author of `text` may have meant, for remedies only. White space, brackets and a zone
 * are removed. An IPv4-mapped address becomes the IPv4 address. IPv4 is read as C's `inet_aton` does (one to
 * four parts, decimal, octal or hexadecimal). A leading zero has two readings, octal and decimal: both are
 * returned, the decimal one first.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/functions/inet_addr.html
 */
export function likelyAddress(text: string): readonly Address[] {
  if (text.length > 64) return [];
  const [bare = ''] = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .split('%');
  const address = readAddress(bare);
  if (address) return [isMapped(address) ? { family: 4, value: address.value & 0xffffffffn } : address];
  const readings = [readLoosely(bare, 10), readLoosely(bare, 8)].filter((value) => value !== undefined);
  return [...new Set(readings)].map((value) => ({ family: 4, value }));
}

function readLoosely(text: string, leadingZero: 8 | 10): bigint | undefined {
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  const numbers = parts.map((part) => readNumber(part, leadingZero));
  let value = 0n;
  for (const [index, number] of numbers.entries()) {
    // The last part fills all bytes that are left: 10.1 is 10.0.0.1.
    const bits = index < parts.length - 1 ? 8n : BigInt(8 * (5 - parts.length));
    if (number === undefined || number >= 1n << bits) return undefined;
    value = (value << bits) | number;
  }
  return value;
}

function readNumber(text: string, leadingZero: 8 | 10): bigint | undefined {
  if (/^0[xX][0-9A-Fa-f]+$/.test(text)) return BigInt(text);
  if (!/^\d+$/.test(text)) return undefined;
  if (leadingZero === 8 && /^0[0-7]+$/.test(text)) return BigInt(`0o${text}`);
  return BigInt(text);
}
