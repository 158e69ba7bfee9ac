import { formatAddress, readAddress } from './addresses.js';
import { remembered } from './remembered.js';

/** A CIDR block as the simulated clouds read it. */
export interface Block {
  readonly family: 4 | 6;
  /** Its lowest and highest address as numbers. */
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: number;
  /** As it is written canonically: `10.0.0.0/16` for `10.0.3.4/16`. */
  readonly text: string;
  /** Whether the text that was read had no host bits set. */
  readonly exact: boolean;
}

const WIDTH = { 4: 32, 6: 128 } as const;

/** Reads `address/bits`, or a bare address as a block of one; host bits are cleared. Undefined for everything else. */
export const readBlock = remembered((text): Block | undefined => {
  const [, host = '', length] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = readAddress(host);
  if (address === undefined) return undefined;
  const { family, value } = address;
  const bits = length === undefined ? WIDTH[family] : Number(length);
  if (bits > WIDTH[family]) return undefined;
  const size = 2n ** BigInt(WIDTH[family] - bits);
  const first = value - (value % size);
  const written = `${formatAddress({ family, value: first })}/${bits}`;
  return { family, first, last: first + size - 1n, bits, text: written, exact: first === value };
});

/** Whether `outer` has every address of `inner`. */
export function covers(outer: Block, inner: Block): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two blocks have an address in common. */
export function overlaps(a: Block, b: Block): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** How many addresses a block has; exact for IPv4. */
export function sizeOf({ first, last }: Block): number {
  return Number(last - first + 1n);
}
