import { formatAddress, readAddress } from '../../../simulation/addresses.js';
import { covers, readBlock, type Block } from '../../../simulation/blocks.js';

/** Whether the block or address written in `text` has all of another one. */
export function blockHas(text: string, inner: string): boolean {
  const outer = readBlock(text);
  const block = readBlock(inner);
  return outer !== undefined && block !== undefined && covers(outer, block);
}

/** The address `offset` behind a block's first one. */
export function addressAt({ family, first }: Block, offset: number): string {
  return formatAddress({ family, value: first + BigInt(offset) });
}

/**
 * The offset of an address from the first address of a block. Undefined when the address is outside the
 * block.
 */
export function offsetIn({ family, first, last }: Block, text: string): number | undefined {
  const address = readAddress(text);
  if (address?.family !== family || address.value < first || address.value > last) return undefined;
  return Number(address.value - first);
}
