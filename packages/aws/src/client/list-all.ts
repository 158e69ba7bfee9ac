import { collectPages, type CallContext } from '@postern/core/adapter';
import type { SendOptions } from '../apis/send.js';
import { callMethod } from './call-method.js';
import type { ServiceName, Services } from './client.js';
import { sent } from './plain.js';
import type { Session } from './session.js';

/** The operations of a service, as its client's methods are called. */
type MethodOf<S extends ServiceName> = keyof Services[S] & string;
type Called<S extends ServiceName, M extends MethodOf<S>> = Services[S][M] extends (
  input: infer Input,
  options?: SendOptions,
) => Promise<infer Page>
  ? { readonly input: Input; readonly page: Page }
  : never;
type ItemOf<Page, Member extends keyof Page> = NonNullable<Page[Member]> extends readonly (infer Item)[] ? Item : never;

/** One of AWS's paged lists. */
export interface PagedList<S extends ServiceName, M extends MethodOf<S>, Member extends keyof Called<S, M>['page']> {
  readonly service: S;
  /** The operation, as the client's method is called: `describeVpcs`. */
  readonly method: M;
  /** The input of every page, the size of pages included. */
  readonly input: Called<S, M>['input'];
  /** The member of a page that holds its items. */
  readonly member: Member & string;
  /** The member that identifies an item. Undefined where items may be equal. */
  readonly key: (keyof ItemOf<Called<S, M>['page'], Member> & string) | undefined;
}

/** How a service calls the token that it is given, and the one that it answers. */
const TOKENS: { readonly [S in ServiceName]?: readonly [given: string, answered: string] } = {
  apigateway: ['position', 'position'],
  directconnect: ['nextToken', 'nextToken'],
  elasticloadbalancing: ['Marker', 'NextMarker'],
};

/**
 * All items of a list, or an error: never a part of the list. Lists shift while they are read, so one item
 * may be on two pages. The later one is the current state. `what` names the list in errors: `route tables`.
 * @throws {CloudError} `BAD_RESPONSE` for a page without the member; see `collectPages`.
 */
export async function listAll<S extends ServiceName, M extends MethodOf<S>, Member extends keyof Called<S, M>['page']>(
  session: Session,
  ctx: CallContext,
  what: string,
  { service, method, input, member, key }: PagedList<S, M, Member>,
): Promise<ItemOf<Called<S, M>['page'], Member>[]> {
  type Item = ItemOf<Called<S, M>['page'], Member>;
  const operation = `${method.slice(0, 1).toUpperCase()}${method.slice(1)}`;
  const [given, answered] = TOKENS[service] ?? ['NextToken', 'NextToken'];
  const items = await collectPages<Item>(ctx, { what, operation }, async (token) => {
    const asked = token === undefined ? input : { ...(input as object), [given]: token };
    const page = await session.send(ctx, service, operation, (api, options) => callMethod(api, method, asked, options));
    return {
      items: sent(page[member] as readonly Item[] | undefined, member, operation),
      next: page[answered] as string | undefined,
    };
  });
  if (key === undefined) return items;
  return [...new Map(items.map((item) => [item[key] ?? item, item] as const)).values()];
}
