import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../runs.js';
import { parsePrefix } from '../../src/cidr/prefix.js';
import { comparePrefixes, relation, type PrefixRelation } from '../../src/cidr/range.js';
import { arbPrefix, members, UNIVERSE } from './arbitraries.js';

/** The same by counting addresses. */
function counted(a: readonly number[], b: readonly number[]): PrefixRelation {
  const inB = new Set(b);
  const common = a.filter((member) => inB.has(member)).length;
  if (common === a.length) return common === b.length ? 'equals' : 'within';
  if (common === b.length) return 'contains';
  return a.at(-1)! + 1 === b[0] || b.at(-1)! + 1 === a[0] ? 'adjacent' : 'disjoint';
}

describe('relation', () => {
  it('agrees with counting, for all pairs of blocks of a small world', () => {
    const wrong = UNIVERSE.flatMap((a) =>
      UNIVERSE.filter((b) => relation(a, b) !== counted(members(a), members(b))).map((b) => [a, b]),
    );
    expect(wrong).toEqual([]);
  });

  it.each<[string, string, PrefixRelation, string]>([
    ['0.0.0.0/0', '::/0', 'disjoint', 'two families'],
    ['255.255.255.255/32', '0.0.0.0/32', 'disjoint', 'the last and the first address are not adjacent'],
    ['127.0.0.0/8', '128.0.0.0/8', 'adjacent', 'across the sign bit'],
    ['0.0.0.0/0', '255.255.255.255/32', 'contains', 'everything'],
    ['10.0.0.0/8', '10.0.0.0/8', 'equals', 'the same'],
  ])('%s to %s is %s: %s', (a, b, expected) => {
    expect(relation(parsePrefix(a), parsePrefix(b))).toBe(expected);
  });
});

it('comparePrefixes: is a total order', () => {
  fc.assert(
    fc.property(arbPrefix, arbPrefix, arbPrefix, (a, b, c) => {
      expect(Math.sign(comparePrefixes(a, b)) + Math.sign(comparePrefixes(b, a))).toBe(0);
      expect(comparePrefixes(a, b) === 0).toBe(relation(a, b) === 'equals');
      if (comparePrefixes(a, b) <= 0 && comparePrefixes(b, c) <= 0)
        expect(comparePrefixes(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: runs(25, 100) },
  );
});
