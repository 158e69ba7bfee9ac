import { parseAddress } from './address.js';
import { addressOf } from './ip-address.js';
import { prefixOf, type Prefix } from './prefix.js';

/** A range of addresses that the internet's registries, or a cloud, set aside. */
export interface ReservedRange {
  readonly prefix: Prefix;
  /** Its purpose in a few words: `loopback`. */
  readonly name: string;
  /** Whether hosts of a private network may still have such addresses, as those of 10.0.0.0/8 do. */
  readonly forHosts: boolean;
  /** The page with the source. */
  readonly source: string;
}

/** A range, its purpose, and the page with the source. */
export type ReservedRow = readonly [block: string, name: string, source: string];

/** Ranges that a cloud sets aside, as data of its value: `[['100.64.0.0/10', 'DNS', 'https://…']]`. No host has an address of one. */
export function reservedRanges(rows: readonly ReservedRow[]): readonly ReservedRange[] {
  return rows.map(([block, name, source]) => {
    let prefix: Prefix | undefined;
    // The value of a cloud is made with each import of its package, and most programs never ask for these. Frozen, so that nothing which
    // freezes that value looks into them.
    const get = (): Prefix => (prefix ??= prefixFrom(block));
    const range = Object.defineProperty({ name, forHosts: false, source }, 'prefix', { enumerable: true, get });
    return Object.freeze(range) as ReservedRange;
  });
}

/** A block of a table, without the checks of `parsePrefix`. */
export function prefixFrom(block: string): Prefix {
  const [address = '', bits] = block.split('/');
  // As a block of its own, the IPv4-mapped one is what parsePrefix refuses.
  const lowest = address === '::ffff:0:0' ? addressOf(6, 0xffff_0000_0000n) : parseAddress(address);
  return prefixOf(lowest, Number(bits));
}

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
