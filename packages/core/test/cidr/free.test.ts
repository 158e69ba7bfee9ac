import fc from 'fast-check';
import { expect, it } from 'vitest';
import { free } from '../../src/cidr/free.js';
import { formatPrefix, parsePrefix, type Prefix } from '../../src/cidr/prefix.js';
import { PrefixSet } from '../../src/cidr/prefix-set.js';
import { parseAddress } from '../../src/cidr/address.js';
import { runs } from '../runs.js';
import { blocksOf, membersOf, unionOf, WORLDS } from './oracle.js';

const shown = (found: readonly Prefix[]): string[] => found.map(formatPrefix);

it.each(WORLDS.map((world) => [`IPv${world.family}, ${world.name}`, world] as const))(
  '%s: the free blocks are those computed by counting, nearest first where requested',
  (_, world) => {
    const all = blocksOf(world);
    const arbSome = fc.array(fc.constantFrom(...all), { maxLength: 8 });
    fc.assert(
      fc.property(arbSome, arbSome, fc.nat(8), fc.nat(40), fc.nat(255), (pool, taken, extra, count, near) => {
        const bits = (world.family === 4 ? 24 : 120) + extra;
        const inPool = unionOf(world, pool);
        const inUse = unionOf(world, taken);
        const unused = all.filter(
          (block) => block.bits === bits && membersOf(world, block).every((one) => inPool.has(one) && !inUse.has(one)),
        );
        const lowest = shown(unused.slice(0, count));
        expect(pool.length === 0 ? [] : free(pool, taken, bits, { count })).toEqual(pool.length === 0 ? [] : lowest);
        const distance = (block: Prefix): number =>
          Math.min(...membersOf(world, block).map((member) => Math.abs(member - near)));
        const nearest = unused.toSorted((a, b) => distance(a) - distance(b)).slice(0, count);
        const address = { family: world.family, value: world.base + BigInt(near) };
        expect(free(PrefixSet.of(pool), PrefixSet.of(taken), bits, { count, near: address })).toEqual(shown(nearest));
      }),
      { numRuns: runs(16, 5_000) },
    );
  },
);

it.each<[string[], string[], number, number, string[], string]>([
  [['10.0.0.0/8'], ['10.0.0.0/16'], 16, 1, ['10.1.0.0/16'], 'the lowest'],
  [['10.0.0.0/16'], ['10.0.0.0/15'], 24, 3, [], 'a used block around the pool'],
  [['10.0.1.0/24', '10.0.0.0/24'], [], 23, 1, ['10.0.0.0/23'], 'two adjacent blocks of the pool'],
  [['10.0.1.0/24', '10.0.2.0/24'], [], 23, 1, [], 'two adjacent blocks that are not one block'],
  [['0.0.0.0/0'], ['0.0.0.0/1'], 1, 2, ['128.0.0.0/1'], 'the upper half'],
  [
    ['255.255.255.252/30'],
    ['255.255.255.252/32'],
    32,
    9,
    ['255.255.255.253/32', '255.255.255.254/32', '255.255.255.255/32'],
    'up to the last',
  ],
  [['::/0'], ['::/1', '8000::/2'], 2, 9, ['c000::/2'], 'IPv6, up to the last'],
  [['10.0.0.0/24'], ['::/0'], 24, 1, ['10.0.0.0/24'], 'the other family has no effect'],
  [['2001:db8::/32', '10.0.0.0/24'], [], 24, 2, ['10.0.0.0/24'], 'both families'],
  [['10.0.0.0/24'], [], 20, 1, [], 'a block larger than the pool'],
])('in %j without %j of %i bits, %i are %j: %s', (pool, taken, bits, count, expected) => {
  expect(free(pool, taken, bits, { count })).toEqual(expected);
});

it('accepts one block as pool, and ignores a near address of the other family', () => {
  const pool = parsePrefix('10.0.0.0/8');
  expect(free(pool, [], 16, { near: parseAddress('::1') })).toEqual(['10.0.0.0/16']);
  expect(free(pool, ['10.5.0.0/16'], 16, { near: '10.5.9.9', count: 3 })).toEqual([
    '10.4.0.0/16',
    '10.6.0.0/16',
    '10.3.0.0/16',
  ]);
});

it.each<[number, number]>([
  [33, 1],
  [-1, 1],
  [8.5, 1],
  [24, -1],
  [24, 0.5],
  [24, Number.NaN],
])('refuses %d bits, %d times', (bits, count) => {
  expect(() => free('10.0.0.0/8', [], bits, { count })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
