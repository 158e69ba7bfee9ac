import { InvalidInputError } from '../ground/errors.js';
import { parseAddress, likelyAddress } from './address.js';
import { expectText, notGiven, addressOf, formatAddress, WIDTH, type Address, Printed } from './ip-address.js';
import { isMapped, readAddress } from './read-address.js';

/**
 * IP prefixes (CIDR blocks) as immutable values: an address and a bit length, with no host bits set. They print themselves:
 * `String(prefix)`, `${prefix}` and `JSON.stringify(prefix)` write `10.0.0.0/16`.
 * @see https://www.rfc-editor.org/rfc/rfc4632#section-3.1
 */
export interface Prefix {
  /** Lowest address of the block. */
  readonly address: Address;
  /** 0–32 for IPv4, 0–128 for IPv6. */
  readonly bits: number;
  /** The canonical text. */
  toString(): string;
  /** The canonical text, for JSON. */
  toJSON(): string;
}

class IpPrefix extends Printed implements Prefix {
  readonly address: Address;
  readonly bits: number;

  constructor(address: Address, bits: number) {
    super();
    this.address = address;
    this.bits = bits;
  }

  override toString(): string {
    return formatPrefix(this);
  }
}

/** A block by its lowest address, of which no host bits are set. */
export function blockAt(address: Address, bits: number): Prefix {
  return new IpPrefix(address, bits);
}

/**
 * The block that a program gave, as a value or as text.
 * @throws {InvalidInputError} `INVALID_PREFIX`, or `INVALID_INPUT` where it is neither
 */
export function blockFrom(given: Prefix | string): Prefix {
  if (typeof given === 'object' && given !== null && 'bits' in given && 'address' in given) return given;

  return parsePrefix(given as string);
}

/**
 * The block or the address that a program gave: `10.0.0.0/16`, `10.0.0.1`.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `INVALID_ADDRESS`, or `INVALID_INPUT` where it is neither
 */
export function placeFrom(given: Prefix | Address | string): Prefix | Address {
  if (typeof given === 'string') return given.includes('/') ? parsePrefix(given) : parseAddress(given);
  if (typeof given === 'object' && given !== null && ('bits' in given || 'value' in given)) return given;

  throw notGiven(given, 'a block or an address', '10.0.0.0/16 or 10.0.0.1');
}

/** The address that a program gave, as a value or as text. */
export function addressFrom(given: Address | string): Address {
  return typeof given === 'object' && given !== null && 'value' in given ? given : parseAddress(given as string);
}

/**
 * Parses canonical CIDR notation, such as `10.0.0.0/16`. Leading zeros and host bits are refused, because clouds disagree on
 * them: some reject the block, some rewrite it. IPv6 is read in any spelling of RFC 4291.
 * @throws {InvalidInputError} `INVALID_PREFIX`, with the canonical form as remedy where there is one.
 */
export function parsePrefix(text: string): Prefix {
  expectText(text, 'a block', '10.0.0.0/16');
  const slash = text.indexOf('/');
  const address = readAddress(slash === -1 ? text : text.slice(0, slash));
  if (!address) throw invalidPrefix(text, whyNoAddress(slash === -1 ? text : text.slice(0, slash)));
  if (slash === -1) throw invalidPrefix(text, 'expected address/bits');

  const length = text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(length))
    throw invalidPrefix(text, 'expected a bit length without leading zeros after "/"');

  const bits = Number(length);
  const width = WIDTH[address.family];
  if (bits > width) throw invalidPrefix(text, `IPv${address.family} has ${width} bits`);

  const prefix = prefixOf(address, bits);
  if (isMapped(address) && bits >= 96) throw invalidPrefix(text, 'an IPv4-mapped block');
  if (prefix.address.value !== address.value) throw invalidPrefix(text, 'host bits are set');

  return prefix;
}

/** Writes a prefix canonically: `10.0.0.0/16`, `2001:db8::/32`. */
export function formatPrefix(prefix: Pick<Prefix, 'address' | 'bits'>): string {
  const { address, bits } = blockFrom(prefix as Prefix);
  return `${formatAddress(address)}/${bits}`;
}

/** The block of `bits` that contains an address. `bits` is an integer from 0 to the family's width. */
export function prefixOf(address: Address | string, bits: number): Prefix {
  const { family, value } = addressFrom(address);
  const hostBits = BigInt(WIDTH[family] - bits);
  return blockAt(addressOf(family, (value >> hostBits) << hostBits), bits);
}

/** How many addresses a block has, the lowest and highest included: 65,536 for `10.0.0.0/16`. */
export function hostCount(block: Prefix | string): bigint {
  const { address, bits } = blockFrom(block);
  return 1n << BigInt(WIDTH[address.family] - bits);
}

export function highest(block: Prefix | string): Address {
  const prefix = blockFrom(block);
  return addressOf(prefix.address.family, prefix.address.value + hostCount(prefix) - 1n);
}

/** Whether `outer` contains each address of `inner`, a block or one address. Always false for different families. */
export function contains(outer: Prefix, inner: Prefix | Address): boolean {
  const isBlock = 'bits' in inner;
  const address = isBlock ? inner.address : inner;
  if (address.family !== outer.address.family || (isBlock && inner.bits < outer.bits)) return false;
  if (address.family === 4) {
    // Plain numbers hold them, and are many times as fast.
    const apart = Number(address.value) - Number(outer.address.value);
    return apart >= 0 && apart < (SIZES[outer.bits] as number);
  }

  const hostBits = BigInt(WIDTH[address.family] - outer.bits);
  return address.value >> hostBits === outer.address.value >> hostBits;
}

/** How many addresses an IPv4 block has, by its bit length. */
const SIZES: readonly number[] = Array.from({ length: 33 }, (_, bits) => 2 ** (32 - bits));

/** Whether two blocks have an address in common. */
export function overlaps(a: Prefix | string, b: Prefix | string): boolean {
  const [left, right] = [blockFrom(a), blockFrom(b)];
  return contains(left, right) || contains(right, left);
}

/** The blocks that the text most likely means, in canonical form. */
function likelyPrefixes(text: string): readonly string[] {
  if (text.length > 80) return [];

  const [host = '', length, ...rest] = text.trim().split('/');
  if (rest.length > 0) return [];

  const isV6 = host.includes(':');
  // `10/8` and `10.1/16` mean leading octets, not the `inet_aton` reading of them.
  const octets = host.split('.');
  const padded =
    length !== undefined && !isV6 && octets.length < 4 && Number(octets[0]) < 256
      ? [...octets, '0', '0', '0'].slice(0, 4).join('.')
      : host;
  return likelyAddress(padded).flatMap((address) => {
    // A mapped address counts its bits from the 96th.
    const shift = isV6 && address.family === 4 ? 96 : 0;
    const bits = length === undefined ? WIDTH[address.family] : likelyBits(length, address) - shift;
    return Number.isInteger(bits) && bits >= 0 && bits <= WIDTH[address.family]
      ? [formatPrefix(prefixOf(address, bits))]
      : [];
  });
}

/** A bit length, possibly with leading zeros, or a netmask: `255.255.0.0` is 16. NaN where it is neither. */
function likelyBits(text: string, { family }: Address): number {
  if (/^\s*\d{1,4}\s*$/.test(text)) return Number(text);

  const mask = readAddress(text.trim());
  if (!mask || mask.family !== family) return Number.NaN;

  const width = WIDTH[family];
  const all = (1n << BigInt(width)) - 1n;
  const ones = mask.value.toString(2).padStart(width, '0').indexOf('0');
  const bits = ones === -1 ? width : ones;
  return mask.value === all - (all >> BigInt(bits)) ? bits : Number.NaN;
}

function whyNoAddress(host: string): string {
  try {
    parseAddress(host);
    return 'expected address/bits';
  } catch (error) {
    // The address's own reason, without its own subject.
    return error instanceof InvalidInputError
      ? error.message.slice(error.message.lastIndexOf('": ') + 3)
      : String(error);
  }
}

function invalidPrefix(text: string, why: string): InvalidInputError {
  const likely = [...new Set(likelyPrefixes(text))];
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
  return new InvalidInputError('INVALID_PREFIX', `block ${shown}: ${why}`, {
    remedy: likely.length === 0 ? undefined : `Write ${likely.join(' or ')}.`,
  });
}
