import { blockFrom, hostCount, overlaps, type Prefix } from './prefix.js';
import { rangeFrom, rangeOf, rangeSize, type Range } from './range.js';
import { addressOf, WIDTH, type Address } from './ip-address.js';
import { prefixFrom, type KeptInSubnets, type ReservedRange, type ReservedRow } from './reserved-ranges.js';

const IPV4 = 'https://www.iana.org/assignments/iana-ipv4-special-registry/';
const IPV6 = 'https://www.iana.org/assignments/iana-ipv6-special-registry/';
const IPV4_MULTICAST = 'https://www.iana.org/assignments/multicast-addresses/';
const IPV6_MULTICAST = 'https://www.iana.org/assignments/ipv6-multicast-addresses/';

type Row = readonly [...ReservedRow, forHosts?: 'hosts'];

/** IANA's special-purpose registries, as of 2025, and the two multicast blocks, which have registries of their own. */
const INTERNET: readonly Row[] = [
  ['0.0.0.0/8', '"this network"', IPV4],
  ['0.0.0.0/32', '"this host"', IPV4],
  ['10.0.0.0/8', 'private use', IPV4, 'hosts'],
  ['100.64.0.0/10', 'shared address space of carriers', IPV4, 'hosts'],
  ['127.0.0.0/8', 'loopback', IPV4],
  ['169.254.0.0/16', 'link-local', IPV4],
  ['172.16.0.0/12', 'private use', IPV4, 'hosts'],
  ['192.0.0.0/24', 'IETF protocol assignments', IPV4],
  ['192.0.0.0/29', 'IPv4 service continuity (DS-Lite)', IPV4],
  ['192.0.0.8/32', 'IPv4 dummy address', IPV4],
  ['192.0.0.9/32', 'Port Control Protocol anycast', IPV4],
  ['192.0.0.10/32', 'TURN anycast', IPV4],
  ['192.0.0.170/32', 'NAT64/DNS64 discovery', IPV4],
  ['192.0.0.171/32', 'NAT64/DNS64 discovery', IPV4],
  ['192.0.2.0/24', 'documentation (TEST-NET-1)', IPV4],
  ['192.31.196.0/24', 'AS112-v4', IPV4],
  ['192.52.193.0/24', 'AMT', IPV4],
  ['192.88.99.0/24', '6to4 relay anycast, deprecated', IPV4],
  ['192.88.99.2/32', '6a44 relay anycast', IPV4],
  ['192.168.0.0/16', 'private use', IPV4, 'hosts'],
  ['192.175.48.0/24', 'direct delegation AS112', IPV4],
  ['198.18.0.0/15', 'benchmarking', IPV4],
  ['198.51.100.0/24', 'documentation (TEST-NET-2)', IPV4],
  ['203.0.113.0/24', 'documentation (TEST-NET-3)', IPV4],
  ['224.0.0.0/4', 'multicast', IPV4_MULTICAST],
  ['240.0.0.0/4', 'reserved', IPV4],
  ['255.255.255.255/32', 'limited broadcast', IPV4],
  ['::/128', 'unspecified address', IPV6],
  ['::1/128', 'loopback', IPV6],
  ['::ffff:0:0/96', 'IPv4-mapped', IPV6],
  ['64:ff9b::/96', 'IPv4–IPv6 translation', IPV6],
  ['64:ff9b:1::/48', 'local IPv4–IPv6 translation', IPV6],
  ['100::/64', 'discard only', IPV6],
  ['100:0:0:1::/64', 'dummy IPv6 prefix', IPV6],
  ['2001::/23', 'IETF protocol assignments', IPV6],
  ['2001::/32', 'Teredo', IPV6],
  ['2001:1::1/128', 'Port Control Protocol anycast', IPV6],
  ['2001:1::2/128', 'TURN anycast', IPV6],
  ['2001:1::3/128', 'DNS-SD service registration anycast', IPV6],
  ['2001:2::/48', 'benchmarking', IPV6],
  ['2001:3::/32', 'AMT', IPV6],
  ['2001:4:112::/48', 'AS112-v6', IPV6],
  ['2001:10::/28', 'ORCHID, deprecated', IPV6],
  ['2001:20::/28', 'ORCHIDv2', IPV6],
  ['2001:30::/28', 'drone remote identification', IPV6],
  ['2001:db8::/32', 'documentation', IPV6],
  ['2002::/16', '6to4', IPV6],
  ['2620:4f:8000::/48', 'direct delegation AS112', IPV6],
  ['3fff::/20', 'documentation', IPV6],
  ['5f00::/16', 'segment routing (SRv6)', IPV6],
  ['fc00::/7', 'unique local', IPV6, 'hosts'],
  ['fe80::/10', 'link-local', IPV6],
  ['ff00::/8', 'multicast', IPV6_MULTICAST],
];

/** Every range that the internet's registries set aside, by address. */
export const RESERVED: readonly ReservedRange[] = INTERNET.map(([block, name, source, hosts]) => ({
  prefix: prefixFrom(block),
  name,
  forHosts: hosts !== undefined,
  source,
}));

/**
 * The ranges that hosts cannot have and that overlap a block: those of the internet and, where those of a cloud
 * are given, these; the widest first. None for `10.0.0.0/16`; `100.64.0.0/10` is a range for hosts, but not on
 * Alibaba Cloud.
 */
export function reservedOverlap(
  block: Prefix | string,
  ofCloud: readonly ReservedRange[] = [],
): readonly ReservedRange[] {
  const prefix = blockFrom(block);
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
export function keptAddresses(
  block: Prefix | string,
  { first: head, last: tail, ipv6, source }: KeptInSubnets,
): KeptAddresses {
  const subnet = blockFrom(block);
  const { first, last } = rangeOf(subnet);
  const { family } = first;
  if (!ipv6 && family === 6) return { ranges: [], source };

  const at = (value: bigint): Address => addressOf(family, value);
  if (WIDTH[family] - subnet.bits < 3) return { ranges: [rangeFrom(first, last)], source }; // smaller than what is kept

  return {
    ranges: [
      rangeFrom(first, at(first.value + BigInt(head) - 1n)),
      rangeFrom(at(last.value - BigInt(tail) + 1n), last),
    ],
    source,
  };
}

/** How many addresses of a subnet its cloud leaves to hosts: 251 of an AWS /24. */
export function usableCount(subnet: Prefix | string, kept: KeptInSubnets): bigint {
  return keptAddresses(subnet, kept).ranges.reduce((left, range) => left - rangeSize(range), hostCount(subnet));
}
