import { InvalidInputError } from '../ground/errors.js';
import { addressOf, formatAddress, WIDTH, type Address } from './ip-address.js';
import { addressFrom, blockAt, blockFrom, formatPrefix, hostCount, prefixOf, type Prefix } from './prefix.js';
import { setOf, type PrefixSet } from './prefix-set.js';
import type { Range } from './range.js';

/** Which free blocks are looked for, and how many. */
export interface FreeOptions {
  /** Blocks close to this address come first, of two equally close ones the lower; by default the lowest of all come first. */
  readonly near?: Address | string | undefined;
  /** How many blocks, 1 by default. */
  readonly count?: number | undefined;
}

/**
 * Finds blocks of `bits` inside `pool` that overlap neither `taken` nor each other: `count` of them, or as
 * many as exist. A block may span several adjacent blocks of the pool. Where the pool has both families, IPv4
 * comes first.
 *
 * ```ts
 * const [next] = free('10.0.0.0/16', ['10.0.0.0/20'], 20); // '10.0.16.0/20'
 * ```
 *
 * @throws {InvalidInputError} `INVALID_PREFIX`; `INVALID_INPUT` where `bits` is not a valid length of the pool's family, or
 *   `count` is not an integer.
 */
export function free(
  pool: Prefix | string | readonly (Prefix | string)[] | PrefixSet,
  taken: readonly (Prefix | string)[] | PrefixSet,
  bits: number,
  { near: place, count = 1 }: FreeOptions = {},
): string[] {
  const near = place === undefined ? undefined : addressFrom(place);
  const within = setOf(pool);
  const families = [4, 6].filter((family) => within.size(family as 4 | 6) > 0n) as (4 | 6)[];
  const width = Math.min(128, ...families.map((family) => WIDTH[family]));
  if (!Number.isInteger(bits) || bits < 0 || bits > width)
    throw new InvalidInputError(
      'INVALID_INPUT',
      `no length of ${bits} bits: expected a whole number from 0 to ${width}`,
    );
  if (!Number.isSafeInteger(count) || count < 0)
    throw new InvalidInputError('INVALID_INPUT', `${count} blocks: expected a whole number from 0 on`);

  const free = within.subtract(setOf(taken)).ranges();
  const found: string[] = [];
  for (const family of families) {
    const runs = runsOf(free, family, bits);
    const numbers = near?.family === family ? nearest(runs, near.value, WIDTH[family] - bits) : ascending(runs);
    for (const number of numbers) {
      if (found.length === count) return found;

      found.push(`${formatAddress(addressOf(family, number << BigInt(WIDTH[family] - bits)))}/${bits}`);
    }
  }
  return found;
}

/** Blocks of one length in a row, counted from address zero. */
interface Run {
  readonly first: bigint;
  readonly last: bigint;
}

/** The whole blocks in each free range. */
function runsOf(free: readonly Range[], family: 4 | 6, bits: number): readonly Run[] {
  const hostBits = BigInt(WIDTH[family] - bits);
  const size = 1n << hostBits;
  return free
    .filter(({ first }) => first.family === family)
    .map(({ first, last }) => ({
      first: (first.value + size - 1n) >> hostBits,
      last: ((last.value + 1n) >> hostBits) - 1n,
    }))
    .filter(({ first, last }) => first <= last);
}

function* ascending(runs: readonly Run[], from = 0n): Generator<bigint, undefined> {
  for (const { first, last } of runs) {
    for (let number = first < from ? from : first; number <= last; number += 1n) yield number;
  }
}

function* descending(runs: readonly Run[], from: bigint): Generator<bigint, undefined> {
  for (const { first, last } of runs.toReversed()) {
    for (let number = last > from ? from : last; number >= first; number -= 1n) yield number;
  }
}

/** From the block that an address is in, or would be in, to both sides. */
function* nearest(runs: readonly Run[], address: bigint, hostBits: number): Generator<bigint, undefined> {
  const shift = BigInt(hostBits);
  const here = address >> shift;
  const above = ascending(runs, here);
  const below = descending(runs, here - 1n);
  let up = above.next().value;
  let down = below.next().value;
  while (up !== undefined || down !== undefined) {
    const toUp = up === undefined ? undefined : up === here ? 0n : (up << shift) - address;
    const toDown = down === undefined ? undefined : address - ((down + 1n) << shift) + 1n;
    if (up !== undefined && (toDown === undefined || (toUp ?? 0n) < toDown)) {
      yield up;
      up = above.next().value;
    } else if (down !== undefined) {
      yield down;
      down = below.next().value;
    }
  }
}

/** The block of the same size that comes next: `10.0.1.0/24` after `10.0.0.0/24`; `undefined` after the last one. */
export function successor(block: Prefix | string): Prefix | undefined {
  const prefix = blockFrom(block);
  const { family, value } = prefix.address;
  const next = value + hostCount(prefix);
  return next >> BigInt(WIDTH[family]) === 0n ? blockAt(addressOf(family, next), prefix.bits) : undefined;
}

/**
 * Splits a block into blocks of `bits`, in order, one at a time: four /26 for a /24. There may be very many
 * (2⁶⁴ /64 in ::/0), so take only as many as needed.
 * @throws {InvalidInputError} `INVALID_PREFIX`; `INVALID_INPUT` where `bits` is not an integer from the block's own length to
 *   the family's width.
 */
export function split(block: Prefix | string, bits: number): Iterable<Prefix> {
  const prefix = blockFrom(block);
  const { family, value } = prefix.address;
  checkBits(prefix, bits, prefix.bits, WIDTH[family]);
  const size = 1n << BigInt(WIDTH[family] - bits);
  const end = value + hostCount(prefix);
  return {
    *[Symbol.iterator]() {
      for (let at = value; at < end; at += size) yield blockAt(addressOf(family, at), bits);
    },
  };
}

/**
 * Returns the block of `length` bits that contains a block. The default is one bit less: `10.0.0.0/23` contains
 * `10.0.1.0/24`.
 * @throws {InvalidInputError} `INVALID_PREFIX`; `INVALID_INPUT` where `length` is not an integer from 0 to the block's own
 *   length.
 */
export function supernet(block: Prefix | string, length?: number): Prefix {
  const prefix = blockFrom(block);
  const bits = length ?? prefix.bits - 1;
  checkBits(prefix, bits, 0, prefix.bits);
  return prefixOf(prefix.address, bits);
}

function checkBits(prefix: Prefix, bits: number, least: number, most: number): void {
  if (Number.isInteger(bits) && bits >= least && bits <= most) return;

  const range = least > most ? 'there is none around it' : `expected a whole number from ${least} to ${most}`;
  throw new InvalidInputError('INVALID_INPUT', `${formatPrefix(prefix)}: no length of ${bits} bits: ${range}`);
}
