import {
  contains,
  formatAddress,
  highest,
  hostCount,
  overlaps,
  parseAddress,
  prefixOf,
  WIDTH,
  type Address,
  type Prefix,
} from '@postern/core';

/** A CIDR block as EC2 reads it: host bits are cleared rather than refused. */
export interface Block extends Prefix {
  readonly family: 4 | 6;
  /** Canonical: `10.0.0.0/16` for `10.0.3.4/16`. */
  readonly text: string;
}

/** Reads `address/bits`; host bits are cleared, as EC2 does. Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = readAddress(host);
  const bits = Number(length);
  if (length === '' || address === undefined || bits > WIDTH[address.family]) return undefined;
  const prefix = prefixOf(address, bits);
  return { ...prefix, family: address.family, text: `${formatAddress(prefix.address)}/${bits}` };
}

/** An IPv4 address as a number; undefined if it is none. */
export function parseIpv4(text: string): number | undefined {
  const address = readAddress(text);
  return address?.family === 4 ? Number(address.value) : undefined;
}

/** `10.0.0.1` from its number. */
export function formatIpv4(value: number): string {
  return formatAddress({ family: 4, value: BigInt(value) });
}

/** The canonical text of an IPv6 address; undefined if it is none. */
export function canonicalIpv6(text: string): string | undefined {
  const address = readAddress(text);
  return address?.family === 6 ? formatAddress(address) : undefined;
}

/** The first address of a block as a number; IPv4 only. */
export function firstOf(block: Block): number {
  return Number(block.address.value);
}

/** How many addresses an IPv4 block has. */
export function sizeOf(block: Block): number {
  return Number(hostCount(block));
}

/** Whether two blocks of one family share an address. */
export function blocksOverlap(a: Block, b: Block): boolean {
  return overlaps(a, b);
}

/** Whether `outer` has every address of `inner`. */
export function blockContains(outer: Block, inner: Block): boolean {
  return contains(outer, inner);
}

/** Whether an IPv4 block has the address of that number. */
export function blockCovers(block: Block, value: number): boolean {
  return block.family === 4 && firstOf(block) <= value && BigInt(value) <= highest(block).value;
}

function readAddress(text: string): Address | undefined {
  try {
    return parseAddress(text);
  } catch {
    return undefined;
  }
}
