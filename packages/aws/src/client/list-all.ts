import type { CallContext } from '@postern/core';
import { collectPages } from '@postern/core/adapter';
import type { ServiceName } from './client.js';
import { sent } from './plain.js';
import type { InputOf, OperationOf, OutputOf, Session } from './session.js';

type ItemOf<Page, Member extends keyof Page> = NonNullable<Page[Member]> extends readonly (infer Item)[] ? Item : never;

/** One of AWS's paged lists. */
export interface PagedList<S extends ServiceName, O extends OperationOf<S>, Member extends keyof OutputOf<S, O>> {
  readonly service: S;
  readonly operation: O;
  /** The input of every page, the size of pages included. */
  readonly input: InputOf<S, O>;
  /** The member of a page that holds its items. */
  readonly member: Member & string;
  /** The member that identifies an item. Undefined where items may be equal. */
  readonly key: (keyof ItemOf<OutputOf<S, O>, Member> & string) | undefined;
}

/** How a service calls the token that it is given, and the one that it answers. */
const TOKENS: { readonly [S in ServiceName]?: readonly [given: string, answered: string] } = {
  apigateway: ['position', 'position'],
  directconnect: ['nextToken', 'nextToken'],
  ecs: ['nextToken', 'nextToken'],
  elasticloadbalancing: ['Marker', 'NextMarker'],
};

/**
 * All items of a list, or an error: never a part of the list. Lists shift while they are read, so one item
 * may be on two pages. The later one is the current state. `what` names the list in errors: `route tables`.
 * @throws {CloudError} `BAD_RESPONSE` for a page without the member; see `collectPages`.
 */
export async function listAll<S extends ServiceName, O extends OperationOf<S>, Member extends keyof OutputOf<S, O>>(
  session: Session,
  ctx: CallContext,
  what: string,
  { service, operation, input, member, key }: PagedList<S, O, Member>,
): Promise<ItemOf<OutputOf<S, O>, Member>[]> {
  type Item = ItemOf<OutputOf<S, O>, Member>;
  const [given, answered] = TOKENS[service] ?? ['NextToken', 'NextToken'];
  const items = await collectPages<Item>(ctx, { what, operation }, async (token) => {
    const asked = token === undefined ? input : { ...(input as object), [given]: token };
    const page = (await session.call(ctx, service, operation, asked as typeof input)) as Readonly<
      Record<string, unknown>
    >;
    return {
      items: sent(page[member] as readonly Item[] | undefined, member, operation),
      next: page[answered] as string | undefined,
    };
  });
  if (key === undefined) return items;
  return [...new Map(items.map((item) => [item[key] ?? item, item] as const)).values()];
}

/** Items in the groups that one call takes, in order. */
export function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
