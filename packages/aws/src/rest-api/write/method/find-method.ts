import type { CallContext } from '@postern/core';
import { unlessGone } from '@postern/core/adapter';
import { isResourceId } from '../../../gateway/resource-id.js';
import { methodsOf } from '../../read-rest-api.js';
import type { RestMethodPlace } from '../../rest-owner.js';
import type { RestMethod } from '../../rest-route.js';
import { getMethod } from './update-method.js';
import type { RouteSession } from '../write-session.js';

/**
 * The method of a route, as the list of resources shows it; undefined where method or API do not exist. With `by` it is read by
 * its ID.
 */
export async function findMethod(
  session: RouteSession,
  place: RestMethodPlace,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<RestMethod | undefined> {
  const { apiId, path, verb } = place;
  if (!isResourceId(apiId)) return undefined;
  if (by !== undefined) {
    const resourceId = by.id.slice(0, by.id.lastIndexOf('/'));
    const method = await unlessGone(getMethod(session, place, resourceId, ctx));
    return method && { apiId, resourceId, path, verb, method };
  }
  const tree = await unlessGone(session.trees.read(apiId, ctx));
  return methodsOf(apiId, tree ?? []).find((one) => one.path === path && one.verb === verb);
}
