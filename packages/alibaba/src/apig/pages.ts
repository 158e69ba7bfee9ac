import type { CallContext } from '@postern/core';
import type { ApigAnswer, ApigOperation, ApigRequest, Page } from '../apis/apig.js';
import { collectNumbered } from '../client/pages.js';
import type { Session } from '../client/session.js';
import { PAGE } from '../limits.js';

/** The operations whose answers are pages. */
type Lists = {
  [N in ApigOperation]: ApigAnswer<N> extends Page<infer T> ? ([unknown] extends [T] ? never : N) : never;
}[ApigOperation];

type ItemOf<N extends Lists> = ApigAnswer<N> extends Page<infer T> ? T : never;

/** All items of a list. Pages begin with 1 and hold at most 100 items. @throws as `collectNumbered`. */
export async function listAll<N extends Lists>(
  session: Session,
  ctx: CallContext,
  operation: N,
  what: string,
  key: (item: ItemOf<N>) => string,
  request: Pick<ApigRequest, 'path' | 'query'> = {},
): Promise<readonly ItemOf<N>[]> {
  return collectNumbered<ItemOf<N>>(ctx, { what, operation }, key, async (pageNumber) => {
    const query = { ...request.query, pageNumber, pageSize: PAGE };
    const page = (await session.apig(ctx, operation, { ...request, query })) as Page<ItemOf<N>>;
    // An empty list has no count in some answers [U].
    return { items: page.items, total: page.totalSize ?? page.items?.length };
  });
}
