import type { CallContext } from '@postern/core/internal/library';
import { CloudError, isMarkOf, isPosternError, type Route, type RouteCall } from '@postern/core/internal/adapter';
import type { RestMethodOutput } from '../../../sdk-types.js';
import { ownerOfMethod } from '../../rest-owner.js';
import { checkRequest, placeOf, type RoutePlace, type RouteSession } from '../resource-trees.js';
import { ensureResource } from '../resource/ensure-resource.js';
import { methodInput } from './method-input.js';
import { createTestMethod, integrationToTest } from './test-method.js';
import { getMethod, updateMethod, writtenRoute, putIntegration } from './update-method.js';
import { undoneIfRefused } from '../resource/prune-resources.js';

/**
 * Creates a route: the missing resources of its path, its method with the mark, and the integration. A method
 * that carries the mark of the route already is completed: an earlier call created it, and its answer was lost
 * or the run ended.
 * @throws {CloudError} `ALREADY_EXISTS` for a method without the mark, or a sibling with another variable
 */
export async function createMethod(session: RouteSession, request: RouteCall, ctx: CallContext): Promise<Route> {
  const place = placeOf(request.gatewayId, request.key);
  checkRequest(request, place);
  if (request.copies !== undefined) {
    const integration = await integrationToTest(session, request, request.copies, ctx);
    const methodIntegration = await createTestMethod(session, place, request.owner, integration, ctx);
    return writtenRoute(request, place, '', { methodIntegration });
  }

  try {
    return await create(session, request, place, ctx);
  } catch (error) {
    if (!isPathGone(error)) throw error;

    session.trees.forget(place.apiId);
    return create(session, request, place, ctx);
  }
}

/** Another writer deleted a resource of the path a moment ago, or the method: it took it for one that a killed run left. */
function isPathGone(error: unknown): boolean {
  return isPosternError(error, 'NOT_FOUND') && error instanceof CloudError && WRITES.has(error.operation);
}

const WRITES: ReadonlySet<string> = new Set(['CreateResource', 'PutMethod', 'PutIntegration', 'GetMethod']);

async function create(session: RouteSession, request: RouteCall, place: RoutePlace, ctx: CallContext): Promise<Route> {
  const { resource, created } = await ensureResource(session, place, ctx, request.resumes);
  const resourceId = resource.id;
  const method = await undoneIfRefused(session, place, created, ctx, () =>
    putMethod(session, request, place, resourceId, created, ctx),
  );
  if (method === undefined) return updateMethod(session, `${resourceId}/${place.verb}`, request, ctx, created);

  session.trees.put(place.apiId, { ...resource, resourceMethods: { [place.verb]: method } }, ctx.clock);
  const integration = await putIntegration(session, request, place, resourceId, undefined, ctx);
  return writtenRoute(request, place, resourceId, { ...method, methodIntegration: integration });
}

/** The method that was created; undefined where it exists with the mark of the route. */
async function putMethod(
  session: RouteSession,
  request: RouteCall,
  place: RoutePlace,
  resourceId: string,
  created: readonly string[],
  ctx: CallContext,
): Promise<RestMethodOutput | undefined> {
  const input = await methodInput(session, request, place, created, ctx);
  const { apiId: restApiId, verb: httpMethod } = place;
  try {
    return await session.call(ctx, 'apigateway', 'PutMethod', { restApiId, resourceId, httpMethod, ...input });
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

    const existing = await getMethod(session, place, resourceId, ctx);
    if (!isMarkOf(ownerOfMethod(existing.operationName, place), request.owner)) throw error;

    return undefined;
  }
}
