import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrefix, hostCount, parsePrefix, prefixOf, type Prefix } from '../../src/cidr/prefix.js';
import { parseAddress } from '../../src/cidr/address.js';
import { PrefixSet } from '../../src/cidr/prefix-set.js';
import { rangeBetween, rangeOf } from '../../src/cidr/range.js';
import { LONG_MS, runs } from '../runs.js';
import { arbPrefix } from './arbitraries.js';
import { blocksOf, coverOf, membersOf, unionOf, WORLDS, type World } from './oracle.js';

const arbBlocks = (world: World, maxLength = 12) =>
  fc.array(fc.constantFrom(...blocksOf(world)), { maxLength, depthSize: 'max' });
const set = (...texts: string[]): PrefixSet => PrefixSet.of(texts.map(parsePrefix));
const texts = (of: PrefixSet): string[] => of.prefixes().map(formatPrefix);

describe('PrefixSet in a small world, against counting', () => {
  it.each(WORLDS.map((world) => [`IPv${world.family}, ${world.name}`, world] as const))(
    '%s',
    (_, world) => {
      fc.assert(
        fc.property(arbBlocks(world), arbBlocks(world), fc.constantFrom(...blocksOf(world)), (left, right, block) => {
          const [a, b] = [unionOf(world, left), unionOf(world, right)];
          const [setA, setB] = [PrefixSet.of(left), PrefixSet.of(right)];
          const shown = (of: PrefixSet): string[] => texts(of);
          const expected = (members: Iterable<number>): string[] => coverOf(world, new Set(members)).map(formatPrefix);
          expect(shown(setA)).toEqual(expected(a));
          expect(shown(setA.union(setB))).toEqual(expected([...a, ...b]));
          expect(shown(setA.intersection(setB))).toEqual(expected([...a].filter((one) => b.has(one))));
          expect(shown(setA.difference(setB))).toEqual(expected([...a].filter((one) => !b.has(one))));
          expect(setA.complement(world.family).complement(world.family).equals(setA)).toBe(true);
          expect(setA.complement(world.family).intersection(setA).isEmpty).toBe(true);
          expect(setA.size()).toBe(BigInt(a.size));
          const inside = membersOf(world, block).filter((one) => a.has(one)).length;
          const verdict = inside === 0 ? 'outside' : inside === Number(hostCount(block)) ? 'inside' : 'partial';
          expect(setA.containment(block)).toBe(verdict);
          expect(setA.containment(rangeOf(block))).toBe(verdict);
          expect(setA.has(block.address)).toBe(a.has(Number(block.address.value - world.base)));
          const around = left.filter((one) => {
            const members = new Set(membersOf(world, one));
            return membersOf(world, block).every((member) => members.has(member));
          });
          const longest = around.toSorted((x, y) => y.bits - x.bits)[0];
          expect(setA.longestMatch(block)).toEqual(longest);
        }),
        { numRuns: runs(60, 10_000) },
      );
    },
    LONG_MS,
  );
});
