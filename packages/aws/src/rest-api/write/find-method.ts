import { unlessGone, type CallContext } from '@postern/core/adapter';
import { methodsOf } from '../read-rest-api.js';
import type { RestMethod } from '../rest-route.js';
import type { RoutePlace } from './route-place.js';
import type { RouteSession } from './write-session.js';

/** The method of a route, as the list of resources shows it; undefined where method or API do not exist. */
export async function findMethod(
  session: RouteSession,
  { apiId, path, verb }: RoutePlace,
  ctx: CallContext,
): Promise<RestMethod | undefined> {
  const tree = await unlessGone(session.trees.read(apiId, ctx));
  return methodsOf(apiId, tree ?? []).find((one) => one.path === path && one.verb === verb);
}
