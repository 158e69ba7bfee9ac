import { mayChange, type Route, type RouteCall, type CallContext } from '@postern/core/internal/adapter';
import type { RestMethodOutput } from '../../../sdk-types.js';
import { ownerOfMethod } from '../../rest-owner.js';
import { toRestRoute } from '../../rest-route.js';
import { checkRequest, notOurs, type RouteSession, placeOf, type RoutePlace } from '../write-session.js';
import { methodPatches } from './method-input.js';
import { putIntegration } from './put-integration.js';

/**
 * Makes an existing route as declared, with its mark and settings. Only what differs is written: the method
 * first, because the integration names parameters that the method declares. `created` are resources of its path that this writer
 * created, where another one was faster with the method.
 * @throws {CloudError} `NOT_OURS` where the method does not carry the mark of the project; `NOT_FOUND`
 */
export async function updateMethod(
  session: RouteSession,
  routeId: string,
  request: RouteCall,
  ctx: CallContext,
  created: readonly string[] = [],
): Promise<Route> {
  const place = placeOf(request.gatewayId, request.key);
  checkRequest(request, place);
  const resourceId = routeId.slice(0, routeId.lastIndexOf('/'));
  const before = await getMethod(session, place, resourceId, ctx);
  if (!mayChange(ownerOfMethod(before.operationName, place), request.owner)) {
    throw notOurs(place, request.owner, 'UpdateMethod');
  }

  const patchOperations = [...(await methodPatches(session, request, place, before, created, ctx))];
  const { apiId: restApiId, verb: httpMethod } = place;
  const after =
    patchOperations.length === 0
      ? before
      : await session.call(ctx, 'apigateway', 'UpdateMethod', { restApiId, resourceId, httpMethod, patchOperations });
  const integration = await putIntegration(session, request, place, resourceId, before.methodIntegration, ctx);
  return writtenRoute(request, place, resourceId, { ...after, methodIntegration: integration });
}

/** A method as it is now. @throws {CloudError} `NOT_FOUND` */
export function getMethod(
  session: RouteSession,
  { apiId: restApiId, verb: httpMethod }: Pick<RoutePlace, 'apiId' | 'verb'>,
  resourceId: string,
  ctx: CallContext,
): Promise<RestMethodOutput> {
  return session.call(ctx, 'apigateway', 'GetMethod', { restApiId, resourceId, httpMethod });
}

export function writtenRoute(
  { use: { target } }: RouteCall,
  { apiId, path, verb }: RoutePlace,
  resourceId: string,
  method: RestMethodOutput,
): Route {
  return toRestRoute({ apiId, resourceId, path, verb, method }, [], {
    balancersOf: () => (target.resourceId === undefined ? [] : [target.resourceId]),
    listenerOf: () => target.id,
  });
}
