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

/** A CIDR block as the products read it. */
export interface Block extends Prefix {
  readonly family: 4 | 6;
  /** Canonical: `10.0.0.0/16`. */
  readonly text: string;
  /** Whether the text that was read had no host bits set. */
  readonly exact: boolean;
}

/** Reads `address/bits` or a bare address (a block of one). Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', length] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = readAddress(host);
  if (address === undefined) return undefined;
  const bits = length === undefined ? WIDTH[address.family] : Number(length);
  if (bits > WIDTH[address.family]) return undefined;
  const prefix = prefixOf(address, bits);
  return {
    ...prefix,
    family: address.family,
    text: `${formatAddress(prefix.address)}/${bits}`,
    exact: prefix.address.value === address.value,
  };
}

/** Whether `outer` has every address of `inner`. */
export function covers(outer: Block, inner: Block): boolean {
  return outer.family === inner.family && contains(outer, inner);
}

/** Whether two blocks share an address. */
export function meet(a: Block, b: Block): boolean {
  return a.family === b.family && overlaps(a, b);
}

/** Whether the block written in `text` has the address. */
export function blockHas(text: string, address: string): boolean {
  const outer = parseBlock(text);
  const inner = parseBlock(address);
  return outer !== undefined && inner !== undefined && covers(outer, inner);
}

/** How many addresses an IPv4 block has. */
export function sizeOf(block: Block): number {
  return Number(hostCount(block));
}

/** The address `offset` behind a block's first one. */
export function addressAt(block: Block, offset: number): string {
  return formatAddress({ family: block.family, value: block.address.value + BigInt(offset) });
}

/** How far an address lies behind a block's first one; undefined when it lies outside. */
export function offsetIn(block: Block, address: string): number | undefined {
  const value = readAddress(address);
  if (value?.family !== block.family) return undefined;
  if (value.value < block.address.value || value.value > highest(block).value) return undefined;
  return Number(value.value - block.address.value);
}

function readAddress(text: string): Address | undefined {
  try {
    return parseAddress(text);
  } catch {
    return undefined;
  }
}
