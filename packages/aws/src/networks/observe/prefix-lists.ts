import type { Gaps, CallContext } from '@postern/core/internal/adapter';
import type { PrefixList, RouteTable, SecurityGroup } from '@postern/core/internal/snapshot';
import type { PrefixListOutput } from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { plain } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import { inBatches } from '../subnet.js';

/** The ids of the prefix lists that rules and routes name. */
export function prefixListsOf(groups: readonly SecurityGroup[], tables: readonly RouteTable[]): readonly string[] {
  return [
    ...new Set([
      ...groups.flatMap(({ rules }) => rules.flatMap(({ prefixListId }) => prefixListId ?? [])),
      ...tables.flatMap(({ routes }) => (routes ?? []).flatMap(({ prefixListId }) => prefixListId ?? [])),
    ]),
  ].toSorted();
}

/**
 * The prefix lists with these IDs, with their entries. They may belong to the account, to AWS or to other
 * accounts. A prefix list is missing from the result if it does not exist or its share with the account has
 * ended. `undefined` for a gap.
 */
export async function observePrefixLists(
  session: Session,
  ids: readonly string[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly PrefixList[] | undefined> {
  const lists = await gaps.attempt({ what: 'prefix lists', of: 'prefixLists' }, () =>
    inBatches(ids, (batch) => describe(session, batch, ctx)),
  );
  if (lists === undefined) return undefined;

  return Promise.all(
    lists.map(async (list): Promise<PrefixList> => {
      const id = list.PrefixListId;
      const wanted = { what: `entries of prefix list ${id}`, of: 'prefixLists', id } as const;
      return {
        id,
        name: list.PrefixListName,
        cidrBlocks: await gaps.attempt(wanted, () => entriesOf(session, id, ctx)),
        maxEntries: list.MaxEntries,
        account: list.OwnerId,
        raw: plain(list),
      };
    }),
  );
}

function describe(session: Session, batch: string[], ctx: CallContext): Promise<readonly PrefixListOutput[]> {
  return listAll(session, ctx, 'prefix lists', 'ec2', 'DescribeManagedPrefixLists', {
    Filters: [{ Name: 'prefix-list-id', Values: batch }],
  });
}

async function entriesOf(session: Session, id: string, ctx: CallContext): Promise<readonly string[]> {
  const entries = await listAll(session, ctx, `entries of prefix list ${id}`, 'ec2', 'GetManagedPrefixListEntries', {
    PrefixListId: id,
  });
  return entries.flatMap(({ Cidr }) => Cidr ?? []);
}
