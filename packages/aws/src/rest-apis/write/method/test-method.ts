import type { CallContext } from '@postern/core/internal/library';
import { isMarkOf, isPosternError, toItsEnd, type Claim, type RouteCall } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput } from '../../../sdk-types.js';
import { formatMethodMark, ownerOfMethod } from '../../rest-owner.js';
import { removeMethod, findMethod } from './delete-method.js';
import { ensureResource } from '../resource/ensure-resource.js';
import { integrationInput, type WantedIntegration } from './method-input.js';
import { placeOf, type RoutePlace, type RouteSession } from '../resource-trees.js';
import { getMethod } from './update-method.js';

/** A variable of the path in a URI: `{id}`, and not `${stageVariables.host}`. */
const VARIABLE = /(?<!\$)\{[^{}]+\}/g;

/** What a variable of the path is in the call of a test. */
const VALUE = 'postern-probe';

/** The integration that a method will have as `request` declares it. */
export async function integrationToTest(
  session: RouteSession,
  request: RouteCall,
  copies: string,
  ctx: CallContext,
): Promise<WantedIntegration> {
  const original = placeOf(request.gatewayId, copies);
  const is = await findMethod(session, original, ctx);
  return integrationInput(request, original, is?.method.methodIntegration, session.nameOf, ctx);
}

/**
 * Creates a method that exists for a test. Where its integration leads, and how long it waits, is as in `integration`. Callers must be
 * authorized by IAM: a deployment by another writer publishes the method, and TestInvokeMethod runs the integration without a caller of
 * a stage [I].
 *
 * It is deleted again where its integration is refused: an API with a method without an integration cannot be deployed.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html
 */
export async function createTestMethod(
  session: RouteSession,
  place: RoutePlace,
  owner: Claim,
  integration: WantedIntegration,
  ctx: CallContext,
): Promise<RestIntegrationOutput> {
  const { resource, created } = await ensureResource(session, place, ctx, true);
  const { apiId: restApiId, verb: httpMethod } = place;
  const at = { restApiId, resourceId: resource.id, httpMethod };
  const operationName = formatMethodMark(owner, place, created);
  try {
    const input = { ...at, authorizationType: 'AWS_IAM', operationName };
    const method = await session.call(ctx, 'apigateway', 'PutMethod', input);
    session.trees.put(restApiId, { ...resource, resourceMethods: { [httpMethod]: method } }, ctx.clock);
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

    // An earlier call of this test created it, and its answer was lost.
    const existing = await getMethod(session, place, at.resourceId, ctx);
    if (!isMarkOf(ownerOfMethod(existing.operationName, place), owner)) throw error;
  }
  try {
    return await session.call(toItsEnd(ctx), 'apigateway', 'PutIntegration', { ...at, ...ofTest(integration) });
  } catch (error) {
    await removeMethod(session, place, at.resourceId, created, ctx).catch(() => undefined);
    throw error;
  }
}

/**
 * It is called with GET. Its path has no variables, so each has a value in the URI, and what the backend request takes from the
 * call is left out.
 */
function ofTest({ requestParameters = {}, ...integration }: WantedIntegration): WantedIntegration {
  const { cacheKeyParameters: _keys, cacheNamespace: _cache, ...kept } = integration;
  const constant = Object.entries(requestParameters).filter(([, source]) => !source.startsWith('method.request.'));
  return {
    ...kept,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'GET',
    uri: kept.uri.replaceAll(VARIABLE, VALUE),
    requestParameters: Object.fromEntries(constant),
  };
}
