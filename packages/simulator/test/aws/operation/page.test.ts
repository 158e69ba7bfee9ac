import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../../core/test/runs.js';
import { page, type PageRules } from '../../../src/aws/operation/family.js';
import { ServiceError } from '../../../src/aws/operation/operation.js';

const rules: PageRules<number> = {
  service: 'ec2',
  list: 'DescribeVpcs',
  defaultSize: Infinity,
  largest: 1000,
  key: String,
};

it('gives every item once, in order, whatever the size', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.integer({ min: 1, max: 7 }), (items, size) => {
      const seen: number[] = [];
      let token: string | undefined;
      do {
        const { items: some, next } = page(items, { size, token }, rules);
        expect(some.length).toBeLessThanOrEqual(size);
        seen.push(...some);
        token = next;
      } while (token !== undefined);
      expect(seen).toEqual(items);
    }),
    { numRuns: runs(25, 100) },
  );
});

it('continues behind the last returned item when others were added or deleted', () => {
  const { next } = page([1, 2, 3, 4], { size: 2 }, rules);
  expect(page([2, 3, 4], { size: 2, token: next }, rules).items).toEqual([3, 4]);
  expect(page([0, 1, 2, 3, 4], { size: 2, token: next }, rules).items).toEqual([3, 4]);
});

it('refuses tokens that are not from the service, or that belong to another list', () => {
  const { next = '' } = page([1, 2, 3], { size: 1 }, rules);
  const mutated = fc
    .tuple(fc.nat(next.length - 1), fc.constantFrom('a', 'B', '-', '.'))
    .map(([at, letter]) => next.slice(0, at) + letter + next.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(fc.string(), mutated, fc.base64String()), (token) => {
      fc.pre(token !== next);
      expect(() => page([1, 2, 3], { size: 1, token }, rules)).toThrow(ServiceError);
    }),
    { numRuns: runs(25, 100) },
  );
  expect(() => page([1, 2, 3], { size: 1, token: next }, { ...rules, list: 'DescribeSubnets' })).toThrow('NextToken');
});

it.each<[string | number, string]>([
  [0, 'too small'],
  [1001, 'too large'],
  [1.5, 'not an integer'],
  ['x', 'not a number'],
  ['-1', 'negative'],
  ['1e3', 'not plain digits'],
])('refuses size %s: %s', (size) => {
  expect(() => page([1, 2, 3], { size }, rules)).toThrow(expect.objectContaining({ code: 'InvalidParameterValue' }));
});
