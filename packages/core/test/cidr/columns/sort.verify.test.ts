import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORDS, type Columns, type Family } from '../../../src/cidr/columns/columns.js';
import { ConflictWalk } from '../../../src/cidr/columns/conflict-walk.js';
import { sortColumns } from '../../../src/cidr/columns/sort.js';
import { cpuMs } from '../../cpu-time.js';
import { LONG_MS, runs, sample } from '../../runs.js';
import { manyBlocks, orderByComparing, pairsByComparing, type Shape } from './many-blocks.js';

/** Enough blocks for the sort by buckets. */
const MANY = 20_200;
const ALL = 0xffffffff;

type Named = Omit<Shape, 'count' | 'seed'>;

/** Worst cases of the blocks, each for one way of sorting. */
const SHAPES: readonly [string, Named][] = [
  ['IPv4 anywhere', { family: 4, varying: [ALL], fixed: [0], lengths: [6, 32] }],
  ['IPv4, all below 10.0.0.0/16', { family: 4, varying: [0xffff], fixed: [0x0a000000], lengths: [22, 32] }],
  ['IPv4, /32s of one /20', { family: 4, varying: [0xfff], fixed: [0xfffff000], lengths: [32, 32] }],
  ['IPv4, some equal', { family: 4, varying: [ALL], fixed: [0xc6120000], lengths: [8, 24], alike: 0.05 }],
  ['IPv4, chains of 27', { family: 4, varying: [ALL], fixed: [0], lengths: [6, 32], chain: 27 }],
  ['IPv6 anywhere, of 128 bits', { family: 6, varying: [ALL, ALL, ALL, ALL], fixed: [], lengths: [8, 128] }],
  ['IPv6, 2,048 heads', { family: 6, varying: [0x07ff0000, ALL], fixed: [0x20000000], lengths: [16, 64] }],
  ['IPv6, four /32s', { family: 6, varying: [0x00030000, ALL, ALL], fixed: [0x2a000db8], lengths: [34, 96] }],
  ['IPv6, one /32', { family: 6, varying: [0, ALL, ALL, ALL], fixed: [0x20010db8], lengths: [40, 128] }],
  ['IPv6, one /64', { family: 6, varying: [0, 0, ALL, ALL], fixed: [0x20010db8, 7], lengths: [72, 128] }],
  ['IPv6, two /64s', { family: 6, varying: [0, 1, 0xff, ALL], fixed: [0x20010db8, 6], lengths: [96, 128] }],
  ['IPv6, two /64s far apart', { family: 6, varying: [2 ** 31, 0, 3, ALL], fixed: [1, 6, 8], lengths: [100, 128] }],
  ['IPv6, one bit too long', { family: 6, varying: [2 ** 31, 0xfff, ALL], fixed: [1], lengths: [60, 65] }],
  ['IPv6, the last bits', { family: 6, varying: [0, 0, 0, 0xfffff], fixed: [ALL, ALL, ALL, ALL], lengths: [114, 128] }],
  ['IPv6, some equal', { family: 6, varying: [0x1f0000, ALL], fixed: [2 ** 29, 5], lengths: [36, 70], alike: 0.05 }],
  ['IPv6, chains of 120', { family: 6, varying: [ALL, ALL, ALL, ALL], fixed: [], lengths: [9, 128], chain: 120 }],
];

function pairsOf(columns: Columns, room: number): { readonly pairs: number[]; readonly counted: number } {
  const walk = new ConflictWalk(columns);
  const some = new Uint32Array(room);
  const pairs: number[] = [];
  for (let found = walk.next(some); found > 0; found = walk.next(some))
    for (let at = 0; at < found * 2; at += 1) pairs.push(some[at] ?? -1);
  return { pairs, counted: walk.equals + walk.contains };
}

/** Whether many numbers are equal. (A matcher compares each.) */
const isSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
};

/** The errors in a result of sorting. */
function faults(columns: Columns): string[] {
  const order = orderByComparing(columns);
  const words = WORDS[columns.family];
  const sorted = sortColumns(columns);
  const starts = new Uint32Array(columns.starts.length);
  for (const [position, row] of order.entries())
    starts.set(columns.starts.subarray(row * words, row * words + words), position * words);
  return [
    ...(isSame(sorted.order, order) ? [] : ['order']),
    ...(isSame(
      sorted.bits,
      order.map((row) => columns.bits[row] ?? -1),
    )
      ? []
      : ['lengths']),
    ...(isSame(sorted.starts, starts) ? [] : ['addresses']),
  ];
}

describe('many blocks', () => {
  it.each(sample(SHAPES, 5))('%s: sorted as by comparison, with all overlaps found', (_, shape) => {
    const columns = manyBlocks({ ...shape, count: MANY, seed: 1 });
    expect(faults(columns)).toEqual([]);
    const { pairs, counted } = pairsOf(columns, 1 << 12);
    expect(pairs.length).toBe(2 * counted);
    expect(pairs.length).toBeGreaterThan(10_000);
    expect(isSame(pairs, pairsByComparing(columns))).toBe(true);
  });

  it(
    'of any shape are sorted as by comparison',
    () => {
      const arbWord = fc.oneof(
        fc.constant(0),
        fc.constant(ALL),
        fc.nat(ALL),
        fc.nat(30).map((bit) => 2 ** bit),
      );
      const arbWords = fc.array(arbWord, { minLength: 4, maxLength: 4 });
      const arbShape = fc.constantFrom<Family>(4, 6).chain((family) =>
        fc.record({
          family: fc.constant(family),
          count: fc.integer({ min: MANY, max: MANY + 2000 }),
          seed: fc.nat(),
          varying: arbWords,
          fixed: arbWords,
          lengths: fc
            .tuple(fc.nat(WORDS[family] * 32), fc.nat(WORDS[family] * 32))
            .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
          chain: fc.constantFrom(1, 1, 20, 100),
          alike: fc.constantFrom(0, 0, 0.3, 0.99),
        }),
      );
      fc.assert(
        fc.property(arbShape, (shape) => {
          expect(faults(manyBlocks(shape))).toEqual([]);
        }),
        { numRuns: runs(8, 1_000) },
      );
    },
    LONG_MS,
  );

  it.each<[string, Named]>(
    sample(
      [
        ['the same', { family: 4, varying: [0], fixed: [0x0a000000], lengths: [8, 8] }],
        ['of one address', { family: 6, varying: [0, 0, 0, 0], fixed: [0, 0, 0, 0], lengths: [0, 128] }],
        ['of one /64', { family: 6, varying: [0, 0, ALL, ALL], fixed: [0x20010db8], lengths: [128, 128] }],
        ['of one /24', { family: 4, varying: [0xff], fixed: [0x0a000000], lengths: [24, 32] }],
      ],
      2,
    ),
  )('200,000 that are all %s take at most a few times as long to sort as 200,000 random blocks', (_, shape) => {
    const time = (columns: Columns): number => {
      const started = cpuMs();
      new ConflictWalk(columns).next(new Uint32Array(2));
      return cpuMs() - started;
    };
    const crowded = manyBlocks({ ...shape, count: 200_000, seed: 2 });
    const spread = manyBlocks({
      family: shape.family,
      count: 200_000,
      seed: 3,
      varying: [ALL, ALL, ALL, ALL],
      fixed: [],
      lengths: [8, 32],
    });
    time(spread);
    expect(time(crowded)).toBeLessThan(20 * time(spread) + 200);
  });
});
