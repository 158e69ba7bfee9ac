import { formatAddress, parseAddress } from '@postern/core';

/** A CIDR block as EC2 reads it: host bits are cleared rather than refused. */
export interface Block {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: number;
  /** Canonical: `10.0.0.0/16` for `10.0.3.4/16`. */
  readonly text: string;
}

const WIDTH = { 4: 32, 6: 128 } as const;

/** Reads `address/bits`; host bits are cleared, as EC2 does. Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = readAddress(host);
  const bits = Number(length);
  if (length === '' || address === undefined || bits > WIDTH[address.family]) return undefined;
  const { family } = address;
  const size = 1n << BigInt(WIDTH[family] - bits);
  const first = (address.value / size) * size;
  return { family, first, last: first + size - 1n, bits, text: `${formatAddress({ family, value: first })}/${bits}` };
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

/** How many addresses an IPv4 block has. */
export function sizeOf(block: Block): number {
  return Number(block.last - block.first) + 1;
}

/** Whether two blocks of one family share an address. */
export function blocksOverlap(a: Block, b: Block): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Whether `outer` has every address of `inner`. */
export function blockContains(outer: Block, inner: Block): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether a block has the address of that value (of the same family). */
export function blockCovers(block: Block, value: bigint): boolean {
  return block.first <= value && value <= block.last;
}
