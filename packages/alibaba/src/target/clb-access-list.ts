import type { CallContext } from '@postern/core';
import { CloudError, unlessGone } from '@postern/core/adapter';
import { numberOf } from '../client/plain.js';
import { eachOf } from '../client/parallel.js';
import type { Session } from '../client/session.js';

/**
 * The blocks of access control lists, by id: a call for each. A deleted list has none. @throws {CloudError}
 * `INCOMPLETE_LIST`
 */
export async function accessLists(
  session: Session,
  ids: readonly string[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lists = await eachOf([...new Set(ids)].toSorted(), async (AclId) => {
    const found = await unlessGone(session.call(ctx, 'Slb', 'DescribeAccessControlListAttribute', { AclId }));
    const blocks = (found?.AclEntrys?.AclEntry ?? []).flatMap(({ AclEntryIP }) => AclEntryIP ?? []);
    const total = numberOf(found?.TotalAclEntry) ?? blocks.length;
    if (total > blocks.length) {
      throw new CloudError('INCOMPLETE_LIST', `${AclId} has ${total} entries, but ${blocks.length} were returned`, {
        operation: 'DescribeAccessControlListAttribute',
        remedy: 'Run again: the list may have changed during the read.',
      });
    }
    return [AclId, blocks] as const;
  });
  return new Map(lists);
}
