import type { CallContext, Owner } from '@postern/core';
import { CloudError, isMarkOf, unlessGone } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { definitionOf } from './adopted-api.js';
import { formerDescription } from './api-definition.js';
import { getApi } from './api.js';
import { listApis } from './api-list.js';
import { isPathOf } from './route-key.js';

/**
 * Removes the mark of an API from its description, which is the route key then, or what it was before the API was adopted. ModifyApi takes a whole definition,
 * so the draft is written back as it was read. What is published stays, with its own description.
 * @see https://help.aliyun.com/document_detail/43604.html
 * @throws {CloudError} `NOT_OURS`
 */
export async function forgetApi(
  session: Session,
  groupId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
): Promise<void> {
  const apis = await unlessGone(listApis(session, groupId, ctx));
  const there = apis?.find(({ method, path }) => isPathOf(key, method, path));
  if (there?.owner === undefined) return;
  if (!isMarkOf(there.owner, owner)) {
    throw new CloudError('NOT_OURS', `${key} of ${groupId} does not carry the mark of ${owner.project}`, {
      operation: 'ModifyApi',
      remedy: 'Plan again: the API was created or changed outside of this project.',
    });
  }
  const api = await getApi(session, groupId, there.id, ctx);
  if (api === undefined) return;
  // An adopted API gets the description that it had; an empty one may be left as it is by the service [U].
  const Description = formerDescription(there.description) || key;
  const query = { ...definitionOf(api), GroupId: groupId, ApiId: there.id, Description };
  await unlessGone(session.call(ctx, 'CloudAPI', 'ModifyApi', query));
}
