import { formatAddress, highest } from '@postern/core';
import { blockAround, readAddress, type TextBlock } from '../../simulation/blocks.js';

/** A CIDR block as EC2 reads it; its `text` is `10.0.0.0/16` for `10.0.3.4/16`. */
export type Block = TextBlock;

/** Reads `address/bits`; host bits are cleared, as EC2 does, rather than refused. Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = readAddress(host);
  return length === '' || address === undefined ? undefined : blockAround(address, Number(length));
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

/** Whether an IPv4 block has the address of that number. */
export function blockCovers(block: Block, value: number): boolean {
  return block.family === 4 && firstOf(block) <= value && BigInt(value) <= highest(block).value;
}
