import type { CallContext, Owner } from '@postern/core/internal/library';
import { isMarkOf, isTemporaryRoute, readUntil, unlessGone, usersOfMark } from '@postern/core/internal/adapter';
import { STALENESS_MS } from '../../../limits.js';
import { methodsOf } from '../../read-rest-api.js';
import { ownerOfMethod, type RestMethodPlace } from '../../rest-owner.js';
import { routeKeyOf, type RestMethod } from '../../rest-route.js';
import { notOurs, type RouteSession, placeOf, type RoutePlace } from '../resource-trees.js';
import { deleteTestPath, deleteWithPath, pruneResources } from '../resource/prune-resources.js';
import { getMethod } from './update-method.js';
import { isResourceId } from '../../../gateways/integration-target.js';

/**
 * Deletes the method of a route, and then the resources of its path that Postern created and nothing needs. A
 * route that does not exist is not an error.
 * @throws {CloudError} `NOT_OURS`
 */
export async function deleteRoute(
  session: RouteSession,
  apiId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<void> {
  const place = placeOf(apiId, key);
  // A known method is read alone: each list has all resources, and the service takes five lists in two seconds.
  const read = () => findMethod(session, place, ctx, by);
  const known = by && (await read());
  // A read may not show yet what a plan has seen.
  const late = () => by && readUntil(read, (one) => one !== undefined, STALENESS_MS, ctx);
  const found = known ?? (await findMethod(session, place, ctx)) ?? (await late());
  if (found === undefined) {
    if (isTemporaryRoute({ key })) await deleteTestPath(session, place, ctx);
    return;
  }

  const whose = ownerOfMethod(found.method.operationName, place);
  if (!isMarkOf(whose, owner) || (whose?.unbound === true && owner.unbound !== true)) {
    throw notOurs(place, owner, 'DeleteMethod');
  }

  await removeMethod(session, place, found.resourceId, usersOfMark(found.method.operationName), ctx);
}

/** Deletes the methods of a project and spec that have no integration: a run left them between two calls. */
export async function sweepMethods(
  session: RouteSession,
  apiId: string,
  isOurs: (owner: Owner) => boolean,
  ctx: CallContext,
): Promise<void> {
  const tree = await unlessGone(session.trees.read(apiId, ctx));
  for (const one of methodsOf(apiId, tree ?? [])) {
    const owner = ownerOfMethod(one.method.operationName, placeOf(apiId, routeKeyOf(one)));
    if (one.method.methodIntegration === undefined && owner !== undefined && isOurs(owner))
      await removeHalf(session, one, ctx);
  }
}

/** Deletes a method without an integration. It is read once more before: what is known of it may be older than its integration. */
export async function removeHalf(session: RouteSession, one: RestMethod, ctx: CallContext): Promise<void> {
  const { operationName } = one.method;
  const place = placeOf(one.apiId, routeKeyOf(one));
  const now = await unlessGone(getMethod(session, place, one.resourceId, ctx));
  if (now?.operationName !== operationName || now?.methodIntegration !== undefined) return;

  await removeMethod(session, place, one.resourceId, usersOfMark(operationName), ctx);
}

/** Deletes a method, and the resources of its path that Postern created and nothing needs. */
export async function removeMethod(
  session: RouteSession,
  place: RoutePlace,
  resourceId: string,
  created: readonly string[],
  ctx: CallContext,
): Promise<void> {
  const { apiId: restApiId, verb: httpMethod } = place;
  if (await deleteWithPath(session, place, created, ctx)) return;

  await unlessGone(session.call(ctx, 'apigateway', 'DeleteMethod', { restApiId, resourceId, httpMethod }));
  session.trees.drop(restApiId, resourceId, httpMethod, ctx.clock);
  await pruneResources(session, place, created, ctx);
}

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
