import { formatAddress, hostCount, parseAddress, prefixOf, WIDTH, type Address, type Prefix } from '@postern/core';

/** A CIDR block of a simulated cloud: a prefix, its family, and how it is written canonically (`10.0.0.0/16`). */
export interface TextBlock extends Prefix {
  readonly family: 4 | 6;
  readonly text: string;
}

/** The block of `bits` bits that an address lies in; undefined for more bits than the family has. */
export function blockAround(address: Address, bits: number): TextBlock | undefined {
  const { family } = address;
  if (bits > WIDTH[family]) return undefined;
  const prefix = prefixOf(address, bits);
  return { ...prefix, family, text: `${formatAddress(prefix.address)}/${bits}` };
}

/** An address of either family; undefined for a text that is none. */
export function readAddress(text: string): Address | undefined {
  try {
    return parseAddress(text);
  } catch {
    return undefined;
  }
}

/** How many addresses an IPv4 block has. */
export function sizeOf(block: Prefix): number {
  return Number(hostCount(block));
}
