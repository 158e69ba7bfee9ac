import { createOnce, type CallContext } from '@postern/core/adapter';
import type { DeploymentOutput } from '../apis/api-gateway-api.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { deployed, listDeployments, listStages } from '../gateway/deployment.js';
import { STALENESS_MS } from '../limits.js';
import type { HttpCaptured } from './http-state.js';

/** The stages of an API that are deployed by hand, with what they serve. */
export async function manualStages(session: Session, apiId: string, ctx: CallContext): Promise<HttpCaptured['stages']> {
  const stages = await listStages(session, apiId, ctx);
  return stages.flatMap(({ StageName: name = '', AutoDeploy, DeploymentId: deploymentId }) =>
    AutoDeploy === true || deploymentId === undefined ? [] : [{ name, deploymentId }],
  );
}

/** Deploys an API to a stage, unless what it serves carries the mark. */
export async function deployMarked(
  session: Session,
  apiId: string,
  stage: string,
  mark: string,
  ctx: CallContext,
): Promise<void> {
  const deployment = await createOnce<DeploymentOutput>({
    what: `deployment of ${apiId} to ${stage}`,
    find: async () => (await servedOn(session, apiId, [stage], mark, ctx)).get(stage)?.marked,
    create: () =>
      session.send(ctx, 'apigatewayv2', 'CreateDeployment', (api, options) =>
        api.createDeployment({ ApiId: apiId, StageName: stage, Description: mark }, options),
      ),
    stalenessMs: STALENESS_MS,
    ctx,
  });
  if (deployment.DeploymentStatus === 'DEPLOYED') return;
  await deployed(session, apiId, sent(deployment.DeploymentId, 'DeploymentId', 'CreateDeployment', true), ctx);
}

/** What a stage serves. */
export interface Served {
  readonly deploymentId: string;
  /** The deployment, where it carries the mark. */
  readonly marked: DeploymentOutput | undefined;
}

/** What some stages serve; one that does not exist is missing. No call is made for no stage. */
export async function servedOn(
  session: Session,
  apiId: string,
  names: readonly string[],
  mark: string,
  ctx: CallContext,
): Promise<ReadonlyMap<string, Served>> {
  if (names.length === 0) return new Map();
  const [stages, deployments] = await Promise.all([
    listStages(session, apiId, ctx),
    listDeployments(session, apiId, ctx),
  ]);
  return new Map(
    stages.flatMap(({ StageName: name = '', DeploymentId: deploymentId = '' }) => {
      const own = deployments.find((one) => one.DeploymentId === deploymentId && one.Description === mark);
      const marked = own?.DeploymentStatus === 'FAILED' ? undefined : own;
      return names.includes(name) ? [[name, { deploymentId, marked }] as const] : [];
    }),
  );
}

/** Sets a stage to a deployment. */
export async function serveAgain(
  session: Session,
  apiId: string,
  stage: string,
  deploymentId: string,
  ctx: CallContext,
): Promise<void> {
  const input = { ApiId: apiId, StageName: stage, DeploymentId: deploymentId };
  await session.send(ctx, 'apigatewayv2', 'UpdateStage', (api, options) => api.updateStage(input, options));
}
