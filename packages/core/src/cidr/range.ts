import { addressOf, formatAddress, WIDTH, type Address, Printed } from './ip-address.js';
import { blockAt, blockFrom, contains, highest, type Prefix } from './prefix.js';

/**
 * Addresses from one to another, both included, as an immutable value. Unlike a {@link Prefix}, a range may begin and end
 * anywhere: `10.0.0.3–10.0.0.17`, which is also what it prints itself as.
 */
export interface Range {
  readonly first: Address;
  readonly last: Address;
  /** The canonical text, such as `10.0.0.0–10.0.0.255`. */
  toString(): string;
}

class IpRange extends Printed implements Range {
  readonly first: Address;
  readonly last: Address;

  constructor(first: Address, last: Address) {
    super();
    this.first = first;
    this.last = last;
  }

  override toString(): string {
    return formatRange(this);
  }
}

/** The range between two addresses of one family, in order. */
export function rangeFrom(first: Address, last: Address): Range {
  return new IpRange(first, last);
}

/** All addresses of a block: `10.0.0.0–10.0.0.255` of `10.0.0.0/24`. */
export function rangeOf(block: Prefix | string): Range {
  const prefix = blockFrom(block);
  return rangeFrom(prefix.address, highest(prefix));
}

/** Writes a range canonically: `10.0.0.3–10.0.0.17`. */
export function formatRange({ first, last }: Range): string {
  return `${formatAddress(first)}–${formatAddress(last)}`;
}

/** How many addresses a range has. */
export function rangeSize({ first, last }: Range): bigint {
  return last.value - first.value + 1n;
}

/**
 * The fewest blocks that cover exactly a range, in order: `10.0.0.3–10.0.0.8` is `10.0.0.3/32`, `10.0.0.4/30`
 * and `10.0.0.8/32`. Never more than 62 for IPv4, 254 for IPv6.
 */
export function coverRange({ first, last }: Range): readonly Prefix[] {
  const { family } = first;
  const width = WIDTH[family];
  const cover: Prefix[] = [];
  for (let value = first.value; value <= last.value;) {
    // As large as the alignment of its lowest address and the end of the range allow.
    const fits = log2(last.value - value + 1n);
    const hostBits = value === 0n ? fits : Math.min(fits, log2(value & -value));
    cover.push(blockAt(addressOf(family, value), width - hostBits));
    value += 1n << BigInt(hostBits);
  }
  return cover;
}

/** Of a positive number, rounded down. */
function log2(number: bigint): number {
  const digits = number.toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 27;
}

/**
 * The relation of one block to another. Blocks nest or are disjoint, so two never overlap partly:
 * ```
 * equals    ├────┤      contains  ├────────┤     within      ├──┤      adjacent  ├──┤         disjoint  ├──┤
 *           ├────┤                  ├──┤                 ├────────┤                  ├──┤                    ├──┤
 * ```
 */
export type PrefixRelation = 'equals' | 'contains' | 'within' | 'adjacent' | 'disjoint';

/** The relation of one block to another: `relation('10.0.0.0/8', '10.1.0.0/16')` is `contains`. */
export function relation(one: Prefix | string, other: Prefix | string): PrefixRelation {
  const [a, b] = [blockFrom(one), blockFrom(other)];
  if (contains(a, b)) return a.bits === b.bits ? 'equals' : 'contains';
  if (contains(b, a)) return 'within';
  if (a.address.family !== b.address.family) return 'disjoint';

  const touch = highest(a).value + 1n === b.address.value || highest(b).value + 1n === a.address.value;
  return touch ? 'adjacent' : 'disjoint';
}

/** Sorts IPv4 before IPv6, then by lowest address, then larger blocks first: for `Array.sort`. */
export function comparePrefixes({ address: a, bits }: Prefix, { address: b, bits: otherBits }: Prefix): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;

  return bits - otherBits;
}
