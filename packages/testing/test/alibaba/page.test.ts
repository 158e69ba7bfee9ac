import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { page, pageByToken } from '../../src/alibaba/page.js';

const items = Array.from({ length: 23 }, (_, index) => `item-${index}`);
const operation = { product: 'Ecs', name: 'DescribeThings' } as const;
const rules = { operation, defaultSize: 10, largest: 100, key: (item: string) => item };

describe('pages by number', () => {
  it('have ten items unless told: what comes after them is lost to whoever does not ask', () => {
    expect(page(items, {}, { largest: 100 })).toEqual({
      items: items.slice(0, 10),
      numbers: { TotalCount: 23, PageNumber: 1, PageSize: 10 },
    });
  });

  it.each<[{ readonly PageNumber?: number; readonly PageSize?: number }, string, string]>([
    [{ PageNumber: 0 }, 'InvalidPageNumber', 'pages count from 1'],
    [{ PageNumber: 1.5 }, 'InvalidPageNumber', 'no whole number'],
    [{ PageSize: 0 }, 'InvalidPageSize', 'nothing on a page'],
    [{ PageSize: 51 }, 'InvalidPageSize', 'more than the list gives'],
  ])('of %j are refused with %s: %s', (asked, code) => {
    expect(() => page(items, asked, { largest: 50 })).toThrow(expect.objectContaining({ code, status: 400 }));
  });

  it('hold every item once, in order, and nothing beyond the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (PageSize) => {
        const pages = Math.ceil(items.length / PageSize);
        const seen = Array.from({ length: pages + 1 }, (_, index) =>
          page(items, { PageNumber: index + 1, PageSize }, { largest: 50 }),
        );
        expect(seen.flatMap((one) => one.items)).toEqual(items);
        expect(seen.at(-1)?.items).toEqual([]);
      }),
    );
  });
});

describe('pages by token', () => {
  it('hold every item once, and go on behind the last one seen when others have gone', () => {
    const first = pageByToken(items, {}, rules);
    const fewer = items.filter((item) => item !== 'item-2');
    const second = pageByToken(fewer, { NextToken: first.NextToken }, rules);
    expect(second.items[0]).toBe('item-10');
    const third = pageByToken(fewer, { NextToken: second.NextToken, MaxResults: 100 }, rules);
    expect([...first.items, ...second.items, ...third.items]).toEqual(items);
    expect(third.NextToken).toBe('');
  });

  it.each<[{ readonly NextToken?: string | undefined; readonly MaxResults?: number }, string, string]>([
    [{ NextToken: 'made-up' }, 'InvalidNextToken', 'nobody gave it'],
    [
      { NextToken: pageByToken(items, {}, { ...rules, list: 'another' }).NextToken },
      'InvalidNextToken',
      'another list’s',
    ],
    [{ MaxResults: 0 }, 'InvalidMaxResults', 'nothing on a page'],
    [{ MaxResults: 101 }, 'InvalidMaxResults', 'more than the list gives'],
  ])('of %j are refused with %s: %s', (asked, code) => {
    expect(() => pageByToken(items, asked, rules)).toThrow(expect.objectContaining({ code, status: 400 }));
  });
});
