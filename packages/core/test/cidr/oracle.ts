import { addressOf } from '../../src/cidr/ip-address.js';
import { blockAt, type Prefix } from '../../src/cidr/prefix.js';

/**
 * The slow, obvious form of addresses: every one of a small world counted, as the last eight bits of an address below a /24 or /120 whose
 * base is given. `PrefixSet` uses spans; this uses sets.
 */
export interface World {
  readonly name: string;
  readonly family: 4 | 6;
  /** The lowest of the 256 addresses. */
  readonly base: bigint;
}

const TOP4 = 2n ** 32n;
const TOP6 = 2n ** 128n;

/** Addresses where arithmetic may fail: both ends, the sign bit of a word, the boundary between words. */
export const WORLDS: readonly World[] = [
  { name: 'the first addresses', family: 4, base: 0n },
  { name: 'around the sign bit, below', family: 4, base: 0x7fffff00n },
  { name: 'around the sign bit, above', family: 4, base: 0x80000000n },
  { name: 'the last addresses', family: 4, base: TOP4 - 256n },
  { name: 'the first addresses', family: 6, base: 0n },
  { name: 'the boundary between two words', family: 6, base: (1n << 64n) - 256n },
  { name: 'a word that is zero above', family: 6, base: 0x20010db8_80000000_00000001_00000000n },
  { name: 'the last addresses', family: 6, base: TOP6 - 256n },
];

/** Every block of a world: 511 of them. */
export function blocksOf({ family, base }: World): readonly Prefix[] {
  const width = family === 4 ? 24 : 120;
  return Array.from({ length: 9 }, (_, bits) =>
    Array.from({ length: 2 ** bits }, (__, index): Prefix =>
      blockAt(addressOf(family, base + BigInt(index * 2 ** (8 - bits))), width + bits),
    ),
  ).flat();
}

/** The addresses of a block inside a world, as numbers from 0 to 255. */
export function membersOf({ family, base }: World, { address, bits }: Prefix): readonly number[] {
  const size = 2 ** ((family === 4 ? 32 : 128) - bits);
  const first = Number(address.value - base);
  return Array.from({ length: size }, (_, index) => first + index);
}

/** All members of several blocks. */
export function unionOf(world: World, blocks: readonly Prefix[]): ReadonlySet<number> {
  return new Set(blocks.flatMap((block) => membersOf(world, block)));
}

/** The fewest blocks for some members: a block whose addresses are all included is one, else its halves are checked. */
export function coverOf(world: World, wanted: ReadonlySet<number>, first = 0, size = 256): readonly Prefix[] {
  if (wanted.size === 0) return [];
  const all = Array.from({ length: size }, (_, index) => first + index);
  if (all.every((member) => wanted.has(member))) {
    const width = world.family === 4 ? 32 : 128;
    return [blockAt(addressOf(world.family, world.base + BigInt(first)), width - Math.log2(size))];
  }
  if (size === 1) return [];
  return [...coverOf(world, wanted, first, size / 2), ...coverOf(world, wanted, first + size / 2, size / 2)];
}
