import { CloudError, type CallContext } from '@postern/core/adapter';
import type { RestDeploymentOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';
import { listResources } from '../list-rest-apis.js';
import { methodsOf } from '../read-rest-api.js';
import type { RestMethod } from '../rest-route.js';

/** An API without methods cannot be deployed: its stages keep their deployments. */
export type DeploymentOutcome = RestDeploymentOutput | 'no routes';

/**
 * Deploys a REST API, to a stage where one is named.
 * @throws {CloudError} `CLOUD_REFUSED` where methods have no integration, or a link is not available
 */
export async function createDeployment(
  session: Session,
  input: { restApiId: string; stageName?: string; description: string },
  ctx: CallContext,
): Promise<DeploymentOutcome> {
  try {
    return await session.call(ctx, 'apigateway', 'CreateDeployment', input);
  } catch (error) {
    const reason = error instanceof CloudError ? error.details?.['reason'] : undefined;
    if (reason === 'no-routes') return 'no routes';
    throw reason === 'method-without-integration' ? await incomplete(session, input.restApiId, error, ctx) : error;
  }
}

/** The service does not say which methods have no integration. */
async function incomplete(session: Session, apiId: string, cause: unknown, ctx: CallContext): Promise<CloudError> {
  const methods = methodsOf(apiId, await listResources(session, apiId, ctx));
  const keys = methods.filter(({ method }) => method.methodIntegration === undefined).map(keyOf);
  return new CloudError('CLOUD_REFUSED', `methods of ${apiId} have no integration: ${keys.join(', ')}`, {
    operation: 'CreateDeployment',
    remedy: 'Give each of these methods an integration, or delete it. Then run again.',
    details: { reason: 'method-without-integration', routes: keys },
    cause,
  });
}

function keyOf({ verb, path }: RestMethod): string {
  return `${verb} ${path}`;
}
