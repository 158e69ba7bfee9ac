import { formatAddress, readAddress } from '../../../simulation/addresses.js';
import { readBlock, type Block } from '../../../simulation/blocks.js';

/** Reads `address/bits`; host bits are cleared, as EC2 does, rather than refused. Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  return text.includes('/') ? readBlock(text) : undefined;
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

/** Whether an IPv4 block has the address of that number. */
export function blockCovers({ family, first, last }: Block, value: number): boolean {
  return family === 4 && first <= value && value <= last;
}
