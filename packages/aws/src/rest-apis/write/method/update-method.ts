import {
  mayChange,
  type Route,
  type RouteCall,
  type CallContext,
  CloudError,
  toItsEnd,
} from '@postern/core/internal/adapter';
import type { RestMethodOutput, RestIntegrationOutput } from '../../../sdk-types.js';
import { ownerOfMethod } from '../../rest-owner.js';
import { toRestRoute } from '../../rest-route.js';
import { checkRequest, notOurs, type RouteSession, placeOf, type RoutePlace } from '../resource-trees.js';
import { methodPatches, integrationInput, integrationPatches, needsPut } from './method-input.js';

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

/**
 * Makes the integration of a method as declared: sets it, changes it in place, or leaves it. Each is safe to
 * repeat.
 * @throws {CloudError} `OUTCOME_UNKNOWN` where the answer shows another link or URI
 */
export async function putIntegration(
  session: RouteSession,
  request: RouteCall,
  place: RoutePlace,
  resourceId: string,
  is: RestIntegrationOutput | undefined,
  context: CallContext,
): Promise<RestIntegrationOutput> {
  // An API that has a method without an integration cannot be deployed.
  const ctx = is === undefined ? toItsEnd(context) : context;
  const wanted = await integrationInput(request, place, is, session.nameOf, ctx);
  const method = { restApiId: place.apiId, resourceId, httpMethod: place.verb };
  if (is === undefined || needsPut(is, wanted)) {
    const put = await session.call(ctx, 'apigateway', 'PutIntegration', { ...method, ...wanted });
    return shown(request, put, wanted.uri, 'PutIntegration');
  }

  const patchOperations = [...integrationPatches(is, wanted)];
  if (patchOperations.length === 0) return is;

  const patched = await session.call(ctx, 'apigateway', 'UpdateIntegration', { ...method, patchOperations });
  return shown(request, patched, wanted.uri, 'UpdateIntegration');
}

function shown(
  { key, gatewayId, linkId }: RouteCall,
  answer: RestIntegrationOutput,
  uri: string,
  operation: string,
): RestIntegrationOutput {
  if (answer.connectionId === linkId && answer.uri === uri) return answer;

  throw new CloudError(
    'OUTCOME_UNKNOWN',
    `the response shows ${key} of ${gatewayId} with ${answer.connectionId} and ${answer.uri}`,
    {
      operation,
      outcomeUnknown: true,
      remedy: 'Plan again: another writer changed the route at the same time.',
    },
  );
}
