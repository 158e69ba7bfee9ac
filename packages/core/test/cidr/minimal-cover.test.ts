import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectCpuBelow } from '../cpu-time.js';
import { minimalCover } from '../../src/cidr/verbs.js';
import { addressOf } from '../../src/cidr/ip-address.js';
import { blockAt, contains, formatPrefix, parsePrefix, type Prefix } from '../../src/cidr/prefix.js';
import { runs } from '../runs.js';
import { arbPrefix, members, UNIVERSE } from './arbitraries.js';

/** The slow, obvious version: a block whose addresses are all included is one; else its two halves are examined. */
function slowCover(wanted: ReadonlySet<number>, first = 0, size = 256): string[] {
  const all = Array.from({ length: size }, (_, index) => first + index);
  if (all.every((address) => wanted.has(address))) return [`10.0.0.${first}/${32 - Math.log2(size)}`];
  if (size === 1) return [];
  return [...slowCover(wanted, first, size / 2), ...slowCover(wanted, first + size / 2, size / 2)];
}

const cover = (...texts: string[]): string[] => minimalCover(texts.map(parsePrefix)).map(formatPrefix);

it.each<[string[], string[], string]>([
  [[], [], 'nothing'],
  [['10.0.0.0/17', '10.0.128.0/17', '10.0.5.0/24'], ['10.0.0.0/16'], 'halves and a nested block'],
  [['10.0.128.0/17', '10.1.0.0/17'], ['10.0.128.0/17', '10.1.0.0/17'], 'adjacent blocks that are not halves'],
  [['0.0.0.0/1', '128.0.0.0/1'], ['0.0.0.0/0'], 'everything, across the sign bit'],
  [['::/1', '8000::/1', '0.0.0.0/0'], ['0.0.0.0/0', '::/0'], 'two families are separate'],
  [['255.255.255.255/32', '255.255.255.254/32'], ['255.255.255.254/31'], 'the last addresses'],
])('%j become %j: %s', (blocks, expected) => {
  expect(cover(...blocks)).toEqual(expected);
});

it('agrees with the slow, obvious version', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...UNIVERSE), { maxLength: 40 }), (blocks) => {
      expect(minimalCover(blocks).map(formatPrefix)).toEqual(slowCover(new Set(blocks.flatMap(members))));
    }),
    { numRuns: runs(100, 100_000) },
  );
});

it('covers each block of either family, and is idempotent', () => {
  fc.assert(
    fc.property(fc.array(arbPrefix), (blocks) => {
      const covered = minimalCover(blocks);
      for (const block of blocks) expect(covered.some((whole: Prefix) => contains(whole, block))).toBe(true);
      expect(minimalCover(covered)).toEqual(covered);
    }),
    { numRuns: runs(25, 100) },
  );
});

it('processes 20,000 blocks in well under a second', () => {
  const blocks = Array.from({ length: 20_000 }, (_, index): Prefix => {
    return blockAt(addressOf(4, BigInt((index * 7919) % 65_536) << 8n), 24);
  });
  expectCpuBelow(1_000, () => {
    expect(minimalCover(blocks).length).toBeGreaterThan(1_000);
  });
});
