import type { CallContext } from '@postern/core';
import { unlessGone, type Gaps } from '@postern/core/adapter';
import type { PrefixList, RouteTable, SecurityGroup } from '@postern/core/snapshot';
import { eachOf } from '../client/parallel.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** The prefix lists that rules of these groups name, with their entries: a call for each. */
export async function prefixListsOf(
  session: Session,
  groups: readonly SecurityGroup[],
  ctx: CallContext,
): Promise<readonly PrefixList[]> {
  const ids = new Set(groups.flatMap(({ rules }) => rules.flatMap(({ prefixListId }) => prefixListId ?? [])));
  const found = await eachOf([...ids].toSorted(), async (PrefixListId): Promise<readonly PrefixList[]> => {
    const row = await unlessGone(session.call(ctx, 'Ecs', 'DescribePrefixListAttributes', { PrefixListId }));
    if (row === undefined) return [];
    return [
      {
        id: PrefixListId,
        name: row.PrefixListName || undefined,
        cidrBlocks: (row.Entries?.Entry ?? []).flatMap(({ Cidr }) => Cidr ?? []),
        maxEntries: row.MaxEntries,
        raw: plain(row),
      },
    ];
  });
  return found.flat();
}

/**
 * Prefix lists of VPC that are next hops of routes are lists of another kind. They are not read: a gap for
 * each.
 */
export function unreadRouteLists(tables: readonly RouteTable[], gaps: Gaps): void {
  const ids = new Set(tables.flatMap(({ routes = [] }) => routes.flatMap(({ prefixListId }) => prefixListId ?? [])));
  for (const id of ids) {
    const what = `prefix list ${id}, which a route names`;
    gaps.list.push({ what, operation: 'GetVpcPrefixListEntries', code: 'UNSUPPORTED', of: 'prefixLists', id });
  }
}
