import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { collectPages, type Page } from '../../../src/ground/calls/pages.js';
import { createContext } from '../../../src/do/context.js';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { CloudError } from '../../../src/ground/errors.js';

const ctx = createContext();
const options = { what: 'routes of a1b2c3', operation: 'GetRoutes' };

/** Serves `pages`, tokens `1`, `2`, …; `mutate` may change what is sent. */
function served<T>(
  pages: readonly (readonly T[])[],
  mutate: (page: Page<T>, index: number) => Page<T> = (page) => page,
) {
  return (token?: string): Promise<Page<T>> => {
    const index = Number(token ?? 0);
    const next = index + 1 < pages.length ? String(index + 1) : undefined;
    return Promise.resolve(mutate({ items: pages[index] ?? [], next }, index));
  };
}

describe('collectPages', () => {
  it('collects all pages in order, empty ones with a token included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat())), async (pages) => {
        expect(await collectPages(ctx, options, served(pages))).toEqual(pages.flat());
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('treats an empty token as the end', async () => {
    expect(
      await collectPages(
        ctx,
        options,
        served([[1]], (page) => ({ ...page, next: '' })),
      ),
    ).toEqual([1]);
  });

  it.each<[string, (page: Page<number>, index: number) => Page<number>]>([
    ['a token that came before', (page, index) => (index === 2 ? { ...page, next: '2' } : page)],
    ['a loop of tokens', (page, index) => (index === 3 ? { ...page, next: '1' } : page)],
    ['a page without items', (page, index) => (index === 1 ? ({ next: '2' } as Page<number>) : page)],
    ['a token that is not a string', (page, index) => (index === 1 ? ({ items: [1], next: 5 } as never) : page)],
  ])('%s is an incomplete list', async (_, mutate) => {
    const collecting = collectPages(ctx, options, served([[1], [2], [3], [4]], mutate));
    await expect(collecting).rejects.toMatchObject({ code: 'INCOMPLETE_LIST', operation: 'GetRoutes' });
  });

  it.each<[ErrorCode, ErrorCode, string]>([
    ['NOT_FOUND', 'INCOMPLETE_LIST', 'an expired token never means absent'],
    ['CLOUD_REFUSED', 'INCOMPLETE_LIST', 'a token that is no longer valid'],
    ['PERMISSION_DENIED', 'PERMISSION_DENIED', 'has a remedy'],
    ['THROTTLED', 'THROTTLED', 'was already retried'],
  ])('%s on a later page is %s: %s', async (code, expected) => {
    const refused = new CloudError(code, 'refused', { operation: 'GetRoutes' });
    const pages = served([[1], [2]], (page, index) => {
      if (index === 1) throw refused;
      return page;
    });
    const late = (token?: string): Promise<Page<number>> => Promise.resolve().then(() => pages(token));
    await expect(collectPages(ctx, options, late)).rejects.toMatchObject({ code: expected });
    const first = collectPages(ctx, options, () => Promise.reject(refused));
    await expect(first).rejects.toMatchObject({ code });
  });

  it('an endless sequence of pages ends with a typed error, after a fixed number of calls', async () => {
    let calls = 0;
    const endless = (): Promise<Page<number>> => Promise.resolve({ items: [], next: String((calls += 1)) });
    await expect(collectPages(ctx, options, endless)).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    expect(calls).toBe(1_000);
  });

  it('an endless sequence of items ends with an error before the items are kept', async () => {
    let calls = 0;
    const page = Array.from({ length: 1_000 }, (_, index) => index);
    const endless = (): Promise<Page<number>> => Promise.resolve({ items: page, next: String((calls += 1)) });
    await expect(collectPages(ctx, options, endless)).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    expect(calls).toBe(101);
    const huge = collectPages(ctx, options, () => Promise.resolve({ items: Array(1_000_000).fill(0) }));
    await expect(huge).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
  });

  it('stops between pages when aborted', async () => {
    const controller = new AbortController();
    const aborting = served([[1], [2]], (page) => {
      controller.abort('enough');
      return page;
    });
    const collecting = collectPages(createContext({ signal: controller.signal }), options, aborting);
    await expect(collecting).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
  });
});
