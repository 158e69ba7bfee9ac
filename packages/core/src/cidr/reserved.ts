import { hostCount, overlaps, type Prefix } from './prefix.js';
import { rangeOf, rangeSize, type Range } from './range.js';
import { RESERVED, type ReservedRange } from './reserved-ranges.js';
import { WIDTH, type Address } from './read-address.js';

/** What a cloud sets aside in its networks, as its value says it. */
export interface ReservedByCloud {
  /** What no network can be, and the services of every network. */
  readonly ranges: readonly ReservedRange[];
  readonly subnets: KeptInSubnets;
}

/** How many addresses at either end of each subnet a cloud keeps for itself. */
export interface KeptInSubnets {
  readonly first: number;
  readonly last: number;
  /** Whether it keeps them in IPv6 blocks as well. */
  readonly ipv6: boolean;
  /** The page with the source. */
  readonly source: string;
}

/**
 * The ranges that hosts cannot have and that overlap a block: those of the internet and, where those of a cloud
 * are given, these; the widest first. None for `10.0.0.0/16`; `100.64.0.0/10` is a range for hosts, but not on
 * Alibaba Cloud.
 */
export function reservedOverlap(prefix: Prefix, ofCloud: readonly ReservedRange[] = []): readonly ReservedRange[] {
  return [...RESERVED, ...ofCloud]
    .filter((range) => !range.forHosts && overlaps(range.prefix, prefix))
    .sort((a, b) => a.prefix.bits - b.prefix.bits);
}

/** What a cloud keeps of one subnet. */
export interface KeptAddresses {
  /** At most two ranges, by address. */
  readonly ranges: readonly Range[];
  /** The page with the source. */
  readonly source: string;
}

/** The addresses of a subnet that its cloud reserves, so that no host has them. */
export function keptAddresses(subnet: Prefix, { first: head, last: tail, ipv6, source }: KeptInSubnets): KeptAddresses {
  const { first, last } = rangeOf(subnet);
  const { family } = first;
  if (!ipv6 && family === 6) return { ranges: [], source };
  const at = (value: bigint): Address => ({ family, value });
  if (WIDTH[family] - subnet.bits < 3) return { ranges: [{ first, last }], source }; // smaller than what is kept
  return {
    ranges: [
      { first, last: at(first.value + BigInt(head) - 1n) },
      { first: at(last.value - BigInt(tail) + 1n), last },
    ],
    source,
  };
}

/** How many addresses of a subnet its cloud leaves to hosts: 251 of an AWS /24. */
export function usableCount(subnet: Prefix, kept: KeptInSubnets): bigint {
  return keptAddresses(subnet, kept).ranges.reduce((left, range) => left - rangeSize(range), hostCount(subnet));
}
