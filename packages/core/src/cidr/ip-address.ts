import { InvalidInputError } from '../ground/errors.js';

/** A value that prints itself: in text, in JSON, and where Node shows a value. */
export abstract class Printed {
  abstract toString(): string;

  toJSON(): string {
    return this.toString();
  }

  /** By the name that Node looks for: https://nodejs.org/api/util.html#utilinspectcustom */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/**
 * An IP address as an immutable value, which prints itself: `String(address)` and its JSON are `10.0.0.1`.
 * @see https://www.rfc-editor.org/rfc/rfc4291
 */
export interface Address {
  readonly family: 4 | 6;
  /** The address as a number: 0 to 2³²−1, or to 2¹²⁸−1. */
  readonly value: bigint;
  /** The canonical text: see {@link formatAddress}. */
  toString(): string;
}

/** How many bits an address of each family has. */
export const WIDTH = { 4: 32, 6: 128 } as const;

class IpAddress extends Printed implements Address {
  readonly family: 4 | 6;
  readonly value: bigint;

  constructor(family: 4 | 6, value: bigint) {
    super();
    this.family = family;
    this.value = value;
  }

  override toString(): string {
    return formatAddress(this);
  }
}

/** The address of a family with a number. */
export function addressOf(family: 4 | 6, value: bigint): Address {
  return new IpAddress(family, value);
}

/**
 * Writes an address canonically: four decimal octets, or RFC 5952 (lower case, no leading zeros, the longest run of two or
 * more zero groups shortened, the first of equal ones): `10.0.0.1`, `2001:db8::1`.
 * @see https://www.rfc-editor.org/rfc/rfc5952#section-4
 */
export function formatAddress(address: Address): string {
  if (typeof address !== 'object' || address === null || !('value' in address))
    throw notGiven(address, 'an address', '10.0.0.1');

  const { family, value } = address;
  if (family === 4) {
    const bits = Number(value);
    return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
  }

  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - index * 16)) & 0xffffn));
  const { start, length } = longestZeroRun(groups);
  const write = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? write(groups) : `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}

/**
 * The text that a program gave where one is due. Programs without types give anything.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function expectText(given: unknown, what: string, example: string): string {
  if (typeof given === 'string') return given;

  throw notGiven(given, what, example);
}

/** What a program gave in the place of a value of this library. */
export function notGiven(given: unknown, what: string, example: string): InvalidInputError {
  const shown =
    given === undefined ? 'nothing' : given === null ? 'null' : Array.isArray(given) ? 'a list' : typeof given;
  return new InvalidInputError('INVALID_INPUT', `expected ${what}, got ${shown}`, {
    remedy: `Give ${what}, such as ${example}.`,
  });
}
