import { contains, formatAddress, highest, overlaps, WIDTH } from '@postern/core';
import { blockAround, readAddress, type TextBlock } from '../../simulation/blocks.js';

/** A CIDR block as the products read it. */
export interface Block extends TextBlock {
  /** Whether the text that was read had no host bits set. */
  readonly exact: boolean;
}

/** Reads `address/bits` or a bare address (a block of one). Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', length] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = readAddress(host);
  if (address === undefined) return undefined;
  const block = blockAround(address, length === undefined ? WIDTH[address.family] : Number(length));
  return block && { ...block, exact: block.address.value === address.value };
}

/** Whether `outer` has every address of `inner`. */
export function covers(outer: Block, inner: Block): boolean {
  return contains(outer, inner);
}

/** Whether two blocks share an address. */
export function meet(a: Block, b: Block): boolean {
  return overlaps(a, b);
}

/** Whether the block written in `text` has the address. */
export function blockHas(text: string, address: string): boolean {
  const outer = parseBlock(text);
  const inner = parseBlock(address);
  return outer !== undefined && inner !== undefined && covers(outer, inner);
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
