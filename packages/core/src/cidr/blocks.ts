import { InvalidInputError } from '../ground/errors.js';
import { formatPrefix, hostCount, prefixOf, type Prefix } from './prefix.js';
import { WIDTH } from './read-address.js';

/** The block of the same size that comes next: `10.0.1.0/24` after `10.0.0.0/24`; `undefined` after the last one. */
export function successor(prefix: Prefix): Prefix | undefined {
  const { family, value } = prefix.address;
  const next = value + hostCount(prefix);
  return next >> BigInt(WIDTH[family]) === 0n ? { address: { family, value: next }, bits: prefix.bits } : undefined;
}

/** The block of the same size that comes before; `undefined` before the first one. */
export function predecessor(prefix: Prefix): Prefix | undefined {
  const { family, value } = prefix.address;
  const before = value - hostCount(prefix);
  return before < 0n ? undefined : { address: { family, value: before }, bits: prefix.bits };
}

/**
 * Splits a block into blocks of `bits`, in order, one at a time: four /26 for a /24. There may be very many
 * (2⁶⁴ /64 in ::/0), so take only as many as needed.
 * @throws {InvalidInputError} `INVALID_INPUT` where `bits` is not an integer from the block's own length to
 *   the family's width.
 */
export function split(prefix: Prefix, bits: number): Iterable<Prefix> {
  const { family, value } = prefix.address;
  checkBits(prefix, bits, prefix.bits, WIDTH[family]);
  const size = 1n << BigInt(WIDTH[family] - bits);
  const end = value + hostCount(prefix);
  return {
    *[Symbol.iterator]() {
      for (let at = value; at < end; at += size) yield { address: { family, value: at }, bits };
    },
  };
}

/**
 * Returns the block of `bits` that contains a block. The default is one bit less: `10.0.0.0/23` contains
 * `10.0.1.0/24`.
 * @throws {InvalidInputError} `INVALID_INPUT` where `bits` is not an integer from 0 to the block's own
 *   length.
 */
export function supernet(prefix: Prefix, bits = prefix.bits - 1): Prefix {
  checkBits(prefix, bits, 0, prefix.bits);
  return prefixOf(prefix.address, bits);
}

function checkBits(prefix: Prefix, bits: number, least: number, most: number): void {
  if (Number.isInteger(bits) && bits >= least && bits <= most) return;
  const range = least > most ? 'there is none around it' : `expected a whole number from ${least} to ${most}`;
  throw new InvalidInputError('INVALID_INPUT', `${formatPrefix(prefix)}: no length of ${bits} bits: ${range}`);
}
