import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../core/test/runs.js';
import { page, pageByToken } from '../../../src/alibaba/operation/family.js';

const items = Array.from({ length: 23 }, (_, index) => `item-${index}`);
const operation = { product: 'Ecs', name: 'DescribeThings' } as const;
const rules = { operation, defaultSize: 10, largest: 100, key: (item: string) => item };

describe('pages by number', () => {
  it('have ten items by default: a caller that reads one page misses the rest', () => {
    expect(page(items, {}, { largest: 100 })).toEqual({
      items: items.slice(0, 10),
      numbers: { TotalCount: 23, PageNumber: 1, PageSize: 10 },
    });
  });

  it.each<[{ readonly PageNumber?: number; readonly PageSize?: number }, string, string]>([
    [{ PageNumber: 0 }, 'InvalidPageNumber', 'pages count from 1'],
    [{ PageNumber: 1.5 }, 'InvalidPageNumber', 'not an integer'],
    [{ PageSize: 0 }, 'InvalidPageSize', 'a page without items'],
    [{ PageSize: 51 }, 'InvalidPageSize', 'more than the list allows'],
  ])('of %j are refused with %s: %s', (asked, code) => {
    expect(() => page(items, asked, { largest: 50 })).toThrow(expect.objectContaining({ code, status: 400 }));
  });

  it('contain each item once, in order, and nothing beyond the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (PageSize) => {
        const pages = Math.ceil(items.length / PageSize);
        const seen = Array.from({ length: pages + 1 }, (_, index) =>
          page(items, { PageNumber: index + 1, PageSize }, { largest: 50 }),
        );
        expect(seen.flatMap((one) => one.items)).toEqual(items);
        expect(seen.at(-1)?.items).toEqual([]);
      }),
      { numRuns: runs(25, 100) },
    );
  });
});

describe('pages by token', () => {
  it('contain each item once, and continue after the last one read when others were deleted', () => {
    const first = pageByToken(items, {}, rules);
    const fewer = items.filter((item) => item !== 'item-2');
    const second = pageByToken(fewer, { NextToken: first.NextToken }, rules);
    expect(second.items[0]).toBe('item-10');
    const third = pageByToken(fewer, { NextToken: second.NextToken, MaxResults: 100 }, rules);
    expect([...first.items, ...second.items, ...third.items]).toEqual(items);
    expect(third.NextToken).toBe('');
  });

  it.each<[{ readonly NextToken?: string | undefined; readonly MaxResults?: number }, string, string]>([
    [{ NextToken: 'made-up' }, 'InvalidNextToken', 'not issued by the list'],
    [
      { NextToken: pageByToken(items, {}, { ...rules, list: 'another' }).NextToken },
      'InvalidNextToken',
      'another list’s',
    ],
    [{ MaxResults: 0 }, 'InvalidMaxResults', 'a page without items'],
    [{ MaxResults: 101 }, 'InvalidMaxResults', 'more than the list allows'],
  ])('of %j are refused with %s: %s', (asked, code) => {
    expect(() => pageByToken(items, asked, rules)).toThrow(expect.objectContaining({ code, status: 400 }));
  });
});
