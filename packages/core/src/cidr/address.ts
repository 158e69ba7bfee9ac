import { InvalidInputError } from '../ground/errors.js';
import { expectText, addressOf, formatAddress, type Address } from './ip-address.js';
import { isMapped, readAddress } from './read-address.js';

/**
 * Parses an IPv4 address in four decimal octets, or an IPv6 address in any spelling of RFC 4291. Leading
 * zeros, hexadecimal, octal and short IPv4 forms are refused, because programs interpret them differently.
 * IPv4-mapped addresses and zones are refused as well, because they name no host of a network.
 * @throws {InvalidInputError} `INVALID_ADDRESS`, with the canonical form as remedy where there is one.
 */
export function parseAddress(text: string): Address {
  const address = readAddress(expectText(text, 'an address', '10.0.0.1'));
  if (address === undefined) throw invalidAddress(text, whyNot(text));
  if (isMapped(address)) throw invalidAddress(text, 'an IPv4-mapped address');

  return address;
}

function whyNot(text: string): string {
  if (text.includes('%')) return 'a zone is only known to one host';
  if (text.includes('/')) return 'a block where one address is due';
  if (/^[\d.]+$/.test(text)) return 'expected four decimal octets from 0 to 255 without leading zeros';

  return 'expected an IPv4 or IPv6 address';
}

function invalidAddress(text: string, why: string): InvalidInputError {
  const likely = likelyAddress(text).map(formatAddress);
  // Refused texts may be long and come from anywhere; JSON shows what they hold.
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
  return new InvalidInputError('INVALID_ADDRESS', `address ${shown}: ${why}`, {
    remedy: likely.length === 0 ? undefined : `Write ${likely.join(' or ')}.`,
  });
}

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
  if (address) return [isMapped(address) ? addressOf(4, address.value & 0xffffffffn) : address];

  const readings = [readLoosely(bare, 10), readLoosely(bare, 8)].filter((value) => value !== undefined);
  return [...new Set(readings)].map((value) => addressOf(4, value));
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
