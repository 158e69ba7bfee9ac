import { collectPages, type CallContext } from '@postern/core';
import type { SendOptions, WithMetadata } from './api-gateway-api.js';
import type { ServiceName, Services } from './client.js';
import { sent } from './plain.js';
import type { Session } from './session.js';

/** One of AWS's paged lists. */
export interface PagedList<S extends ServiceName, Page, Item> {
  readonly service: S;
  readonly operation: string;
  /** What is listed, for errors: `route tables`. */
  readonly what: string;
  /** Asks for the page behind `token`, the first one without. */
  readonly page: (api: Services[S], token: string | undefined, options: SendOptions) => Promise<Page & WithMetadata>;
  /** The member of a page that holds its items. */
  readonly member: string;
  readonly items: (page: Page) => readonly Item[] | undefined;
  readonly next: (page: Page) => string | undefined;
}

/**
 * All items of a list, or an error: never a part of it.
 * @throws {CloudError} `BAD_RESPONSE` for a page without the member; see `collectPages`.
 */
export function listAll<S extends ServiceName, Page extends object, Item>(
  session: Session,
  list: PagedList<S, Page, Item>,
  ctx: CallContext,
): Promise<Item[]> {
  const { service, operation, what, member } = list;
  return collectPages(ctx, { what, operation }, async (token) => {
    const page = await session.send(ctx, service, operation, (api, options) => list.page(api, token, options));
    return { items: sent(list.items(page), member, operation), next: list.next(page) };
  });
}

/** `{ NextToken }` where there is one: exact optional members take no `undefined`. */
export function after(token: string | undefined): { NextToken?: string } {
  return token === undefined ? {} : { NextToken: token };
}
