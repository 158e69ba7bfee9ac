import { CloudError, type CallContext } from '@postern/core/internal/adapter';
import type { RestDeploymentOutput } from '../../../sdk-types.js';
import type { Session } from '../../../client/session.js';

/** An API without methods cannot be deployed: its stages keep their deployments. */
export type DeploymentOutcome = RestDeploymentOutput | 'no routes';

/**
 * Deploys a REST API, to a stage where one is named.
 * @throws {CloudError} `CLOUD_REFUSED` where a link is not available, or methods have no integration: see `whenWhole`
 */
export async function createDeployment(
  session: Session,
  input: { restApiId: string; stageName?: string; description: string },
  ctx: CallContext,
): Promise<DeploymentOutcome> {
  try {
    return await session.call(ctx, 'apigateway', 'CreateDeployment', input);
  } catch (error) {
    if (refusedFor(error) === 'no-routes') return 'no routes';

    throw error;
  }
}

/** Why the service refused a deployment, where it says so. */
export function refusedFor(error: unknown): unknown {
  return error instanceof CloudError ? error.details?.['reason'] : undefined;
}
