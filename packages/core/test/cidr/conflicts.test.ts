import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflicts, summarise } from '../../src/cidr/conflicts.js';
import { formatPrefix, overlaps, parsePrefix } from '../../src/cidr/prefix.js';
import { comparePrefixes, relation } from '../../src/cidr/range.js';
import { expectCpuBelow } from '../cpu-time.js';
import { runs } from '../runs.js';
import { arbPrefix } from './arbitraries.js';

describe('conflicts', () => {
  it('are all pairs that overlap, each once, in the documented order', () => {
    // Few distinct blocks, so that many are equal or nested.
    const arbClose = fc.oneof(
      arbPrefix,
      fc.constantFrom(...['::/0', '0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/9'].map(parsePrefix)),
    );
    fc.assert(
      fc.property(fc.array(arbClose, { maxLength: 30 }), (prefixes) => {
        const expected = prefixes
          .flatMap((a, aIndex) => prefixes.map((b, bIndex) => ({ a, b, aIndex, bIndex })))
          .filter(
            ({ a, b, aIndex, bIndex }) => overlaps(a, b) && (a.bits < b.bits || (a.bits === b.bits && aIndex < bIndex)),
          )
          .toSorted(
            (x, y) =>
              comparePrefixes(x.b, y.b) || x.bIndex - y.bIndex || comparePrefixes(x.a, y.a) || x.aIndex - y.aIndex,
          )
          .map((pair) => ({ ...pair, overlap: pair.b, relation: relation(pair.a, pair.b) }));
        expect([...conflicts(prefixes)]).toEqual(expected);
      }),
      { numRuns: runs(40, 20_000) },
    );
  });

  it('are streamed: the first are returned at once, for any number of pairs', () => {
    const many = Array.from({ length: 50_000 }, () => parsePrefix('10.0.0.0/8'));
    expectCpuBelow(1_000, () => {
      let seen = 0;
      for (const { aIndex } of conflicts(many)) {
        seen += aIndex >= 0 ? 1 : 0;
        if (seen === 3_000) break; // of 1,249,975,000
      }
      expect(seen).toBe(3_000);
    });
  });
});

describe('summarise', () => {
  const said = (...texts: string[]): string[] =>
    summarise(conflicts(texts.map(parsePrefix))).map((one) => one.sentence);

  it.each<[string[], string[]]>([
    [[], []],
    [['10.0.0.0/8', '11.0.0.0/8'], []],
    [['10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/8 holds 10.1.0.0/16.']],
    [
      ['10.1.0.0/16', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24'],
      ['10.0.0.0/8 holds 10.1.0.0/16 (twice) and 10.1.2.0/24.'],
    ],
    [['10.0.0.0/8', '10.0.0.0/8', '10.0.0.0/8'], ['10.0.0.0/8 is in the list 3 times.']],
    [['10.0.0.0/8', '10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/8 is in the list twice and holds 10.1.0.0/16.']],
    [
      ['2001:db8::/32', '10.0.0.0/8', '10.0.0.0/9', '2001:db8::/48'],
      ['10.0.0.0/8 holds 10.0.0.0/9.', '2001:db8::/32 holds 2001:db8::/48.'],
    ],
    [
      ['10.0.0.0/8', ...[0, 1, 2, 3, 4, 5].map((octet) => `10.${octet}.0.0/16`)],
      ['10.0.0.0/8 holds 10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16 and 10.5.0.0/16.'],
    ],
    [
      ['10.0.0.0/8', ...[0, 1, 2, 3, 4, 5, 6].map((octet) => `10.${octet}.0.0/16`)],
      ['10.0.0.0/8 holds 10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16 and 2 others.'],
    ],
  ])('of %j: %j', (blocks, sentences) => {
    expect(said(...blocks)).toEqual(sentences);
  });

  it('has one group for each widest block, with every conflict in one of them', () => {
    fc.assert(
      fc.property(fc.array(arbPrefix, { maxLength: 30 }), (prefixes) => {
        const groups = summarise(conflicts(prefixes));
        const inGroups = groups.flatMap(({ index, others }) => [index, ...others]).toSorted((a, b) => a - b);
        const inConflict = new Set([...conflicts(prefixes)].flatMap(({ aIndex, bIndex }) => [aIndex, bIndex]));
        expect(inGroups).toEqual([...inConflict].toSorted((a, b) => a - b));
        for (const { widest, index, others } of groups) {
          expect(prefixes[index]).toEqual(widest);
          for (const other of others) expect(widest.bits).toBeLessThanOrEqual(prefixes[other]!.bits);
        }
      }),
      { numRuns: runs(34, 10_000) },
    );
  });

  it('uses the given labels of blocks', () => {
    const names = ['vpc-1', 'vpc-2', 'peer'];
    const nameOf = (prefix: Parameters<typeof formatPrefix>[0], index: number): string =>
      `${names[index]} (${formatPrefix(prefix)})`;
    const blocks = ['10.0.0.0/16', '10.0.0.0/16', '10.0.1.0/24'].map(parsePrefix);
    expect(summarise(conflicts(blocks), { nameOf }).map((one) => one.sentence)).toEqual([
      'vpc-1 (10.0.0.0/16) is the same as vpc-2 (10.0.0.0/16) and holds peer (10.0.1.0/24).',
    ]);
  });
});
