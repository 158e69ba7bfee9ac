import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrefix, hostCount, parsePrefix } from '../../src/cidr/prefix.js';
import { parseAddress } from '../../src/cidr/address.js';
import { PrefixSet } from '../../src/cidr/prefix-set.js';
import { formatRange, rangeFrom, rangeOf } from '../../src/cidr/range.js';
import { runs } from '../runs.js';
import { arbPrefix } from './arbitraries.js';
import { blocksOf, coverOf, membersOf, unionOf, WORLDS, type World } from './oracle.js';

const arbBlocks = (world: World, maxLength = 12) => fc.array(fc.constantFrom(...blocksOf(world)), { maxLength });
const set = (...texts: string[]): PrefixSet => PrefixSet.of(texts.map(parsePrefix));
const texts = (of: PrefixSet): string[] => of.prefixes().map(formatPrefix);

it.each(WORLDS.map((world) => [`IPv${world.family}, ${world.name}`, world] as const))(
  'PrefixSet in a small world, compared with counting: %s',
  (_, world) => {
    fc.assert(
      fc.property(arbBlocks(world), arbBlocks(world), fc.constantFrom(...blocksOf(world)), (left, right, block) => {
        const [a, b] = [unionOf(world, left), unionOf(world, right)];
        const [setA, setB] = [PrefixSet.of(left), PrefixSet.of(right)];
        const expected = (members: Iterable<number>): string[] => coverOf(world, new Set(members)).map(formatPrefix);
        expect(texts(setA)).toEqual(expected(a));
        expect(texts(setA.union(setB))).toEqual(expected([...a, ...b]));
        expect(texts(setA.intersection(setB))).toEqual(expected([...a].filter((one) => b.has(one))));
        expect(texts(setA.subtract(setB))).toEqual(expected([...a].filter((one) => !b.has(one))));
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
      { numRuns: runs(16, 10_000) },
    );
  },
);

describe('PrefixSet', () => {
  it('separates the families, and returns IPv4 first', () => {
    const both = set('2001:db8::/33', '10.0.0.0/9', '2001:db8:8000::/33', '10.128.0.0/9');
    expect(texts(both)).toEqual(['10.0.0.0/8', '2001:db8::/32']);
    expect(both.size(4)).toBe(2n ** 24n);
    expect(both.size()).toBe(2n ** 24n + 2n ** 96n);
    expect(both.containment(parsePrefix('::/0'))).toBe('partial');
    expect(both.containment(parsePrefix('::/64'))).toBe('outside');
  });

  it.each<[string, 4 | 6, string, bigint]>([
    ['0.0.0.0/0', 4, '', 2n ** 32n],
    ['::/0', 6, '', 2n ** 128n],
    ['255.255.255.255/32', 4, '255.255.255.254/32', 1n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128', 6, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128', 1n],
    ['0.0.0.0/32', 4, '0.0.0.1/32', 1n],
    ['128.0.0.0/1', 4, '64.0.0.0/2', 2n ** 31n],
  ])('%s and its complement are everything', (text, family, beside, size) => {
    const one = set(text);
    const rest = one.complement(family);
    expect(one.size()).toBe(size);
    expect(one.union(rest).complement(family).isEmpty).toBe(true);
    expect(texts(one.union(rest))).toEqual([family === 4 ? '0.0.0.0/0' : '::/0']);
    if (beside !== '') expect(rest.has(parsePrefix(beside))).toBe(true);
    expect(rest.containment(parsePrefix(text))).toBe('outside');
    expect(rest.size()).toBe((family === 4 ? 2n ** 32n : 2n ** 128n) - size);
  });

  it('returns the longest matching block as given, not as merged', () => {
    const table = set('10.0.0.0/8', '10.1.0.0/16', '10.1.0.0/16', '10.1.128.0/17', '10.1.0.0/17');
    const match = (text: string): string | undefined => {
      const found = table.longestMatch(text.includes('/') ? parsePrefix(text) : parseAddress(text));
      return found && formatPrefix(found);
    };
    expect(match('10.1.200.1')).toBe('10.1.128.0/17');
    expect(match('10.1.0.0/16')).toBe('10.1.0.0/16');
    expect(match('8.0.0.0/6')).toBeUndefined();
    expect(match('10.0.0.0/15')).toBe('10.0.0.0/8');
    expect(match('11.0.0.0')).toBeUndefined();
    expect(match('::1')).toBeUndefined();
    const merged = table.union(PrefixSet.of([]));
    expect(merged.longestMatch(parseAddress('10.1.200.1'))).toEqual(parsePrefix('10.0.0.0/8'));
  });

  it('accepts ranges, and returns them', () => {
    const range = rangeFrom(parseAddress('10.0.0.3'), parseAddress('10.0.1.7'));
    const of = PrefixSet.ofRanges([range, rangeOf(parsePrefix('10.0.1.8/32'))]);
    expect(of.ranges().map(formatRange)).toEqual(['10.0.0.3–10.0.1.8']);
    expect(of.containment(range)).toBe('inside');
    expect(of.containment(rangeFrom(parseAddress('10.0.1.8'), parseAddress('10.0.1.9')))).toBe('partial');
  });

  it('combines with a set of another copy of the package', () => {
    const [own, twin] = [set('10.0.0.0/24'), set('10.0.0.0/25', '2001:db8::/32')];
    const foreign = { ranges: () => twin.ranges() } as PrefixSet;
    expect(own.subtract(foreign).equals(own.subtract(twin))).toBe(true);
    expect(twin.equals(foreign)).toBe(true);
    expect(own.equals(foreign)).toBe(false);
  });

  it('of blocks of any size satisfies the laws of set algebra', () => {
    fc.assert(
      fc.property(fc.array(arbPrefix), fc.array(arbPrefix), (left, right) => {
        const [a, b] = [PrefixSet.of(left), PrefixSet.of(right)];
        expect(a.subtract(b).union(a.intersection(b)).equals(a)).toBe(true);
        expect(a.union(b).size()).toBe(a.size() + b.size() - a.intersection(b).size());
        for (const family of [4, 6] as const) {
          const both = a.union(b).complement(family);
          expect(a.complement(family).intersection(b.complement(family)).equals(both)).toBe(true);
        }
        for (const one of left) {
          expect(a.has(one)).toBe(true);
          expect(a.longestMatch(one)).toEqual(one);
        }
        expect(PrefixSet.of(a.prefixes()).equals(a)).toBe(true);
        expect(PrefixSet.ofRanges(a.ranges()).equals(a)).toBe(true);
      }),
      { numRuns: runs(16, 20_000) },
    );
  });
});
