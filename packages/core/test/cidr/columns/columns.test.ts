import { describe, expect, it } from 'vitest';
import { columnsOf, prefixAt } from '../../../src/cidr/columns/columns.js';
import { ConflictWalk } from '../../../src/cidr/columns/conflict-walk.js';
import { coverEdges } from '../../../src/cidr/columns/cover.js';
import { combine, edgesOf } from '../../../src/cidr/columns/edges.js';
import { LongestMatch } from '../../../src/cidr/columns/longest-match.js';
import { mergeColumns } from '../../../src/cidr/columns/merge.js';
import { sortColumns } from '../../../src/cidr/columns/sort.js';
import { formatPrefix, prefixOf, type Prefix } from '../../../src/cidr/prefix.js';
import { comparePrefixes } from '../../../src/cidr/range.js';
import { LONG_MS, runs, sample } from '../../runs.js';
import { blocksOf, coverOf, membersOf, unionOf, WORLDS, type World } from '../oracle.js';

const ROWS = WORLDS.map((world) => [`IPv${world.family}, ${world.name}`, world] as const);

/** Mulberry32, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = (columns: ReturnType<typeof coverEdges>): string[] =>
  Array.from({ length: columns.count }, (_, row) => formatPrefix(prefixAt(columns, row)));

/** The 15 blocks of the last eight addresses of a world; in `npm run prove` the 31 of the last sixteen. */
const small = (world: World): readonly Prefix[] =>
  blocksOf(world).filter((block) => membersOf(world, block).every((member) => member >= runs(248, 240)));

/** A list of `count` blocks of a world, with repetitions. */
function draw(world: World, count: number, seed: number): readonly Prefix[] {
  const next = random(seed);
  const all = blocksOf(world);
  return Array.from({ length: count }, () => all[Math.floor(next() ** 2 * all.length)]!);
}

describe.each(sample(ROWS, 4))('%s', (_, world) => {
  it(
    'lists of up to three blocks of a few addresses merge, subtract and match as computed by counting',
    () => {
      const blocks = small(world);
      const members = blocks.map((block) => membersOf(world, block));
      const covers = new Map<string, string[]>();
      const expected = (wanted: ReadonlySet<number>): string[] => {
        const key = [...wanted].toSorted((a, b) => a - b).join();
        const known = covers.get(key) ?? coverOf(world, wanted).map(formatPrefix);
        covers.set(key, known);
        return known;
      };
      let wrong = 0;
      const same = (a: readonly string[], b: readonly string[]): void => {
        if (a.length !== b.length || a.some((text, index) => text !== b[index])) wrong += 1;
      };
      for (let i = 0; i < blocks.length; i += 1) {
        for (let j = 0; j < blocks.length; j += 1) {
          const pair = columnsOf([blocks[i]!, blocks[j]!], world.family);
          const union = new Set([...members[i]!, ...members[j]!]);
          same(texts(mergeColumns(pair)), expected(union));
          same(texts(coverEdges(edgesOf(pair))), expected(union));
          for (let k = j; k < blocks.length; k += 1) {
            const third = columnsOf([blocks[k]!], world.family);
            const inThird = new Set(members[k]);
            const rest = combine('subtract', edgesOf(pair), edgesOf(third));
            same(texts(coverEdges(rest)), expected(new Set([...union].filter((one) => !inThird.has(one)))));
            const three = columnsOf([blocks[i]!, blocks[j]!, blocks[k]!], world.family);
            same(texts(mergeColumns(three)), expected(new Set([...union, ...inThird])));
          }
        }
      }
      expect(wrong).toBe(0);
      expect(covers.size).toBeGreaterThan(50);
    },
    LONG_MS,
  );

  it('the conflicts of all its blocks, each given twice, are those computed by counting', () => {
    const blocks = [...blocksOf(world), ...blocksOf(world).toReversed()];
    const spans = blocks.map((block) => {
      const members = membersOf(world, block);
      return [members[0]!, members.at(-1)!] as const;
    });
    const walk = new ConflictWalk(columnsOf(blocks, world.family));
    const found = new Set<number>();
    const pairs = new Uint32Array(14); // few, so that a batch ends in the middle of a block's pairs
    let delivered = 0;
    let wrong = 0;
    for (let count = walk.next(pairs); count > 0; count = walk.next(pairs)) {
      for (let pair = 0; pair < count; pair += 1) {
        const [a, b] = [pairs[2 * pair]!, pairs[2 * pair + 1]!];
        const isWider = blocks[a]!.bits < blocks[b]!.bits || (blocks[a]!.bits === blocks[b]!.bits && a < b);
        if (!isWider || spans[a]![0] > spans[b]![0] || spans[a]![1] < spans[b]![1]) wrong += 1;
        found.add(a * blocks.length + b);
        delivered += 1;
      }
    }
    let expected = 0;
    for (let a = 0; a < blocks.length; a += 1) {
      for (let b = a + 1; b < blocks.length; b += 1) {
        if (spans[a]![0] <= spans[b]![1] && spans[b]![0] <= spans[a]![1]) expected += 1;
      }
    }
    expect({ wrong, distinct: found.size, delivered }).toEqual({ wrong: 0, distinct: expected, delivered: expected });
    expect(walk.equals).toBe(511);
    expect(walk.equals + walk.contains).toBe(expected);
  });

  it.each(sample([3, 24, 25, 400, 21_000], 3))(
    '%i blocks are sorted as by comparison, with equal blocks in their input order',
    (count) => {
      const blocks = draw(world, count, count);
      const sorted = sortColumns(columnsOf(blocks, world.family));
      const expected = [...blocks.keys()].toSorted((a, b) => {
        const [left, right] = [blocks[a]!, blocks[b]!];
        if (left.address.value !== right.address.value) return left.address.value < right.address.value ? -1 : 1;
        return left.bits - right.bits || a - b;
      });
      expect([...sorted.order]).toEqual(expected);
      expect(texts(sorted)).toEqual(expected.map((row) => formatPrefix(blocks[row]!)));
    },
  );

  it('the longest match of each address and block is the one computed by counting', () => {
    for (const [seed, count] of [0, 1, 5, 40, 300].entries()) {
      const blocks = draw(world, count, seed);
      const match = new LongestMatch(columnsOf(blocks, world.family));
      const asked = columnsOf(blocksOf(world), world.family);
      const words = world.family === 4 ? 1 : 4;
      let wrong = 0;
      for (const [row, block] of blocksOf(world).entries()) {
        const [first, last] = [membersOf(world, block)[0]!, membersOf(world, block).at(-1)!];
        let best = -1;
        for (const [index, one] of blocks.entries()) {
          const begin = Number(one.address.value - world.base);
          const size = 2 ** ((world.family === 4 ? 32 : 128) - one.bits);
          if (begin > first || begin + size - 1 < last) continue;
          if (best === -1 || one.bits > blocks[best]!.bits) best = index;
        }
        if (match.find(asked.starts, row * words, block.bits) !== best) wrong += 1;
        const single = world.family === 4 ? match.find4(asked.starts[row]!) : match.find6(asked.starts, row * 4);
        if (block.bits === (world.family === 4 ? 32 : 128) && single !== best) wrong += 1;
      }
      expect(wrong).toBe(0);
    }
  });
});

describe('sortColumns', () => {
  it.each([4, 6] as const)('sorts many blocks of IPv%i, spread and clustered, as by comparison', (family) => {
    const next = random(family);
    const word = (): bigint => BigInt(Math.floor(next() * 2 ** 32));
    const blocks = Array.from({ length: 30_000 }, (_, at): Prefix => {
      // Most anywhere below a few heads, some hundreds below one, some the same, many with the same lowest address.
      const crowd = at % 9 === 0 ? 0x2a0f_1234n : at % 7 === 0 ? 0x2001_0000n : word() | 0x2000_0000n;
      const value = family === 4 ? (crowd & 0xffff_0000n) | (word() >> 16n) : (crowd << 96n) | (word() << 64n) | word();
      return prefixOf({ family, value }, Math.floor(next() * (family === 4 ? 33 : 129)));
    });
    const sorted = sortColumns(columnsOf(blocks, family));
    const expected = [...blocks.keys()].toSorted((a, b) => comparePrefixes(blocks[a]!, blocks[b]!) || a - b);
    expect([...sorted.order]).toEqual(expected);
    expect(texts(sorted)).toEqual(expected.map((row) => formatPrefix(blocks[row]!)));
  });
});

describe('mergeColumns', () => {
  it('returns the input row of each block that is equal to one', () => {
    for (const world of WORLDS) {
      const blocks = draw(world, 60, 7);
      const merged = mergeColumns(columnsOf(blocks, world.family));
      const given = new Set(blocks.map(formatPrefix));
      expect(texts(merged)).toEqual(coverOf(world, unionOf(world, blocks)).map(formatPrefix));
      for (const [at, row] of merged.rows.entries()) {
        const text = formatPrefix(prefixAt(merged, at));
        if (row === -1) expect(given.has(text)).toBe(false);
        else expect(formatPrefix(blocks[row]!)).toBe(text);
      }
    }
  });

  it('does not change its input, sorted or not', () => {
    for (const blocks of [blocksOf(WORLDS[0]!), blocksOf(WORLDS[0]!).toReversed(), draw(WORLDS[5]!, 99, 1)]) {
      const columns = columnsOf(blocks, blocks[0]!.address.family);
      const [starts, bits] = [columns.starts.slice(), columns.bits.slice()];
      mergeColumns(columns);
      expect([columns.starts, columns.bits]).toEqual([starts, bits]);
    }
  });
});
