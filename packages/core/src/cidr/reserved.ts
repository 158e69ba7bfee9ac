import { hostCount, overlaps, type Prefix } from './prefix.js';
import { rangeOf, rangeSize, type Range } from './range.js';
import { RESERVED, type ReservedRange } from './reserved-ranges.js';
import { WIDTH, type Address } from './read-address.js';

/**
 * The ranges that hosts cannot have and that overlap a block: those of the internet and, where a cloud is
 * given, those that the cloud reserves; the widest first. None for `10.0.0.0/16`; `100.64.0.0/10` is a range
 * for hosts, but not on Alibaba Cloud.
 */
export function reservedOverlap(prefix: Prefix, cloud?: 'aws' | 'alibaba'): readonly ReservedRange[] {
  return RESERVED.filter(
    (range) =>
      !range.forHosts && (range.scope === 'internet' || range.scope === cloud) && overlaps(range.prefix, prefix),
  ).sort((a, b) => a.prefix.bits - b.prefix.bits);
}

/** How many addresses at either end of each subnet a cloud keeps for itself. */
const KEPT: Readonly<
  Record<'aws' | 'alibaba', { readonly first: bigint; readonly last: bigint; readonly source: string }>
> = {
  aws: { first: 4n, last: 1n, source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html' },
  alibaba: { first: 1n, last: 3n, source: 'https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch' },
};

/** What a cloud keeps of one subnet. */
export interface KeptAddresses {
  /** At most two ranges, by address. */
  readonly ranges: readonly Range[];
  /** The page with the source. */
  readonly source: string;
}

/**
 * The addresses of a subnet that its cloud reserves, so that no host has them. AWS reserves the first four
 * and the last, of IPv6 blocks as well; Alibaba Cloud reserves the first and the last three of IPv4 blocks.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 * @see https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch
 */
export function keptAddresses(subnet: Prefix, cloud: 'aws' | 'alibaba'): KeptAddresses {
  const { first: head, last: tail, source } = KEPT[cloud];
  const { first, last } = rangeOf(subnet);
  const { family } = first;
  if (cloud === 'alibaba' && family === 6) return { ranges: [], source };
  const at = (value: bigint): Address => ({ family, value });
  if (WIDTH[family] - subnet.bits < 3) return { ranges: [{ first, last }], source }; // smaller than what is kept
  return {
    ranges: [
      { first, last: at(first.value + head - 1n) },
      { first: at(last.value - tail + 1n), last },
    ],
    source,
  };
}

/** How many addresses of a subnet its cloud leaves to hosts: 251 of an AWS /24. */
export function usableCount(subnet: Prefix, cloud: 'aws' | 'alibaba'): bigint {
  return keptAddresses(subnet, cloud).ranges.reduce((left, range) => left - rangeSize(range), hostCount(subnet));
}
