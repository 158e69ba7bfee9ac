import { collectPages, CloudError, type CallContext } from '@postern/core/internal/adapter';
import { allSent, numberOf, type Sent } from './plain.js';

export interface NumberedPage<T> {
  /** Undefined where the wrapper is missing, which these services do for an empty list. */
  readonly items: readonly T[] | undefined;
  /** The answer's own count of all items. */
  readonly total: unknown;
}

/**
 * How often a list is read that is shorter than its own count, or whose count falls while it is read: items were deleted
 * meanwhile.
 */
const READS = 3;

/**
 * All items of a list that is paged by numbers, or an error: never a part of the list. Lists shift while they are read, so
 * `keyOf` identifies items; each must have the members `sure`. Pages are read until there are as many items as the service
 * counts, or a page is empty. A list that is shorter than its own last count is read again, and so is one whose count falls:
 * items of later pages moved to pages that were read before. If every reading ends so, the missing items may exist.
 * @throws {CloudError} as `collectPages`: `INCOMPLETE_LIST`, `RESPONSE_TOO_LARGE`; `BAD_RESPONSE` for an
 * answer without a count, and an item without such a member.
 */
export async function collectNumbered<T, K extends keyof T & string = never>(
  ctx: CallContext,
  options: { readonly what: string; readonly operation: string; readonly sure?: readonly K[] },
  keyOf: (item: T) => string,
  fetch: (pageNumber: number) => Promise<NumberedPage<T>>,
): Promise<Sent<T, K>[]> {
  const { sure = [] } = options;
  const fetchSure = async (pageNumber: number) => {
    const { items, total } = await fetch(pageNumber);
    return { items: items?.map((item) => allSent(item, sure, options.operation)), total };
  };
  for (let read = 1; ; read += 1) {
    const { items, count, isStill } = await readOnce(ctx, options, keyOf, fetchSure);
    const isShort = items.length < count;
    if (!isShort && isStill) return items;

    if (read === READS) {
      const why = isShort ? `has ${items.length} of ${count} items` : 'lost items while it was read';
      throw new CloudError('INCOMPLETE_LIST', `the list of ${options.what} ${why}`, {
        operation: options.operation,
        retryable: true,
      });
    }
  }
}

async function readOnce<T>(
  ctx: CallContext,
  options: { readonly what: string; readonly operation: string },
  key: (item: T) => string,
  fetch: (pageNumber: number) => Promise<NumberedPage<T>>,
): Promise<{ readonly items: T[]; readonly count: number; readonly isStill: boolean }> {
  const seen = new Map<string, T>();
  let last = 0;
  let isStill = true;
  await collectPages(ctx, options, async (token) => {
    const page = token === undefined ? 1 : Number(token);
    const { items = [], total } = await fetch(page);
    const count = numberOf(total);
    if (count === undefined) {
      // An empty 200 of a proxy would otherwise pass for an empty list.
      throw new CloudError('BAD_RESPONSE', 'the response has no TotalCount', {
        operation: options.operation,
        remedy: 'Check for a proxy between this machine and Alibaba Cloud, and check the endpoint.',
      });
    }

    if (page > 1 && count < last) isStill = false;
    last = count;
    for (const item of items) seen.set(key(item), item);
    return items.length === 0 || seen.size >= count ? { items } : { items, next: String(page + 1) };
  });
  return { items: [...seen.values()], count: last, isStill };
}

/**
 * Items of a list that was read by tokens, each once. For an item that moved to a later page while the list
 * was read, the later one counts.
 */
export function latest<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item] as const)).values()];
}
