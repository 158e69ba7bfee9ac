import { readAddress, covers, readBlock, type Block } from '../../simulation/addresses.js';
import { parseBlock } from '../ec2/request/text-rules.js';

/** Whether a text is an address of one of the two families. */
export function isAddress(text: string): boolean {
  return readAddress(text) !== undefined;
}

export function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** The length of a block's prefix where the block has the address; undefined where it has not, as with the other family. */
export function coveringBits(block: string, address: string): number | undefined {
  const outer = parseBlock(block);
  const host = isAddress(address) ? readBlock(address) : undefined;
  return outer && host && covers(outer, host) ? outer.bits : undefined;
}

/** The first of the routes with the longest block that has an address. */
export function longestMatch<R extends { readonly destination: string }>(
  routes: readonly R[],
  address: string,
): R | undefined {
  const bitsOf = ({ destination }: R): number => coveringBits(destination, address) ?? -1;
  return routes.filter((route) => bitsOf(route) >= 0).toSorted((a, b) => bitsOf(b) - bitsOf(a))[0];
}

/** Whether one of some blocks has an address. */
export function anyCovers(blocks: readonly string[], address: string): boolean {
  return blocks.some((block) => coveringBits(block, address) !== undefined);
}

/** Whether some blocks together have every IPv4 address. */
export function coverAll(blocks: readonly string[]): boolean {
  const own = blocks.flatMap((block) => (isIpv6(block) ? [] : (parseBlock(block) ?? [])));
  let next = 0n;
  for (const { first, last } of own.toSorted(byFirst)) {
    if (first > next) return false;

    if (last >= next) next = last + 1n;
  }
  return next === 2n ** 32n;
}

function byFirst(a: Block, b: Block): number {
  return a.first < b.first ? -1 : Number(a.first > b.first);
}
