import { CloudError, toItsEnd, type RouteCall, type CallContext } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput } from '../../../sdk-types.js';
import { integrationInput, integrationPatches, needsPut } from './method-input.js';
import type { RoutePlace, RouteSession } from '../write-session.js';

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
