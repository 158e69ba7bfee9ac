import type { CallContext, Owner, Stage } from '@postern/core/internal/library';
import { CloudError, createOnce, FORMER, markStart, unlessGone, waitFor } from '@postern/core/internal/adapter';
import type { DeploymentOutput, StageOutput } from '../sdk-types.js';
import { stageArn } from '../arn.js';
import { POLL_MS, STALENESS_MS } from '../limits.js';
import { listAll } from '../client/list-all.js';
import { sent, type Session } from '../client/session.js';
import { toWriters, writerTag } from '../gateways/stage-writers.js';
import { toAccessLog } from '../gateways/access-log.js';

/** APIs deploy in seconds; a minute is patience. */
const DEPLOY_TIMEOUT_MS = 60_000;

export function listStages(session: Session, apiId: string, ctx: CallContext): Promise<StageOutput[]> {
  return listAll(session, ctx, `stages of ${apiId}`, 'apigatewayv2', 'GetStages', { ApiId: apiId });
}

export function listDeployments(session: Session, apiId: string, ctx: CallContext): Promise<DeploymentOutput[]> {
  return listAll(session, ctx, `deployments of ${apiId}`, 'apigatewayv2', 'GetDeployments', { ApiId: apiId });
}

/**
 * A stage in the portable form. `deployed` is the newest mark of `project` (or of any project, where none is given) up
 * to the stage's current deployment. A later deployment by another writer contains what the marked one deployed.
 */
export function toStage(stage: StageOutput, deployments: readonly DeploymentOutput[], project?: string): Stage {
  const { StageVariables: variables = {}, ClientCertificateId: certificateId, AccessLogSettings: log } = stage;
  const current = deployments.find(({ DeploymentId }) => DeploymentId === stage.DeploymentId);
  const mark = project === undefined ? 'postern:' : `postern:${project}/`;
  const newest = deployments
    .filter((one) => one.Description?.startsWith(mark) === true && one.DeploymentStatus !== 'FAILED')
    .filter((one) => current !== undefined && createdMs(one) <= createdMs(current))
    // Two of the same second: the stage's own was the later one.
    .toSorted((a, b) => createdMs(b) - createdMs(a) || Number(b === current) - Number(a === current))[0];
  return {
    name: stage.StageName ?? '',
    autoDeploy: stage.AutoDeploy === true,
    deploymentId: stage.DeploymentId,
    deployed: newest?.Description?.split(FORMER)[0],
    ...(Object.keys(variables).length === 0 ? {} : { variables: { ...variables } }),
    ...(certificateId === undefined ? {} : { clientCertificate: { id: certificateId } }),
    accessLog: toAccessLog(log?.DestinationArn, log?.Format),
    ...toWriters(stage.Tags),
  };
}

/**
 * Deploys an API's routes to a stage, unless the stage already has a deployment with this mark. AWS deploys
 * no API without routes: when the last route is deleted, the stage keeps its deployment.
 * @param replaces a deployment that does not count: it may have the mark, or contain one that has
 */
export async function deploy(
  session: Session,
  apiId: string,
  stage: string,
  mark: string,
  ctx: CallContext,
  replaces?: string,
): Promise<{ readonly deploymentId: string }> {
  const deployment = await createOnce<DeploymentOutput | 'no routes'>({
    what: `deployment of ${apiId} to ${stage}`,
    find: () => currentDeployment(session, apiId, stage, mark, ctx, replaces),
    create: () =>
      session
        .call(ctx, 'apigatewayv2', 'CreateDeployment', { ApiId: apiId, StageName: stage, Description: mark })
        .catch((error: unknown) => {
          if (error instanceof CloudError && error.details?.['reason'] === 'no-routes') return 'no routes' as const;

          throw error;
        }),
    stalenessMs: STALENESS_MS,
    ctx,
  });
  if (deployment === 'no routes') return { deploymentId: '' };

  const deploymentId = sent(deployment.DeploymentId, 'DeploymentId', 'CreateDeployment', true);
  if (deployment.DeploymentStatus !== 'DEPLOYED') await deployed(session, apiId, deploymentId, ctx);
  return { deploymentId };
}

/**
 * Removes the marks of `by` from a stage, and from the deployments of its API, which serve calls as before. A stage may serve any of
 * them.
 */
export async function forgetDeployments(
  session: Session,
  apiId: string,
  stage: string,
  by: Pick<Owner, 'project' | 'spec'>,
  ctx: CallContext,
): Promise<void> {
  const tags = (await unlessGone(listStages(session, apiId, ctx)))?.find(({ StageName }) => StageName === stage)?.Tags;
  const TagKeys = [...writerTag(tags, by)];
  if (TagKeys.length > 0) {
    const input = { ResourceArn: stageArn(session.region, apiId, stage), TagKeys };
    await unlessGone(session.call(ctx, 'apigatewayv2', 'UntagResource', input));
  }
  const mark = markStart(by);
  const deployments = (await unlessGone(listDeployments(session, apiId, ctx))) ?? [];
  for (const { DeploymentId, Description } of deployments) {
    if (Description?.startsWith(mark) !== true) continue;

    const input = { ApiId: apiId, DeploymentId, Description: formerOf(Description) };
    await unlessGone(session.call(ctx, 'apigatewayv2', 'UpdateDeployment', input));
  }
}

/**
 * Writes the mark on the deployment that a stage serves. The text that it had is kept behind the mark.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function adoptDeployment(
  session: Session,
  ApiId: string,
  stage: string,
  mark: string,
  ctx: CallContext,
): Promise<void> {
  const found = (await listStages(session, ApiId, ctx)).find(({ StageName }) => StageName === stage);
  const DeploymentId = found?.DeploymentId ?? '';
  if (DeploymentId === '') {
    throw new CloudError('NOT_FOUND', `${ApiId} has no stage ${stage} with a deployment`, {
      operation: 'GetStages',
      remedy: 'Plan again: another writer changed the stage.',
    });
  }

  const before = await session.call(ctx, 'apigatewayv2', 'GetDeployment', { ApiId, DeploymentId });
  const former = formerOf(before.Description);
  const Description = former === '' ? mark : `${mark}${FORMER}${former}`;
  // A description has up to 1,024 characters, and a mark of a deployment some 130.
  await session.call(ctx, 'apigatewayv2', 'UpdateDeployment', { ApiId, DeploymentId, Description });
}

/** The description that a deployment had before its mark; all of it where there is none. */
function formerOf(description = ''): string {
  if (!/^postern:\S+\/\S+/.test(description)) return description;

  return description.split(FORMER).slice(1).join(FORMER);
}

/** The stage's own deployment, where it carries the mark and did not fail. One after `replaces` has to carry it itself. */
async function currentDeployment(
  session: Session,
  apiId: string,
  stage: string,
  mark: string,
  ctx: CallContext,
  replaces: string | undefined,
): Promise<DeploymentOutput | undefined> {
  const [stages, deployments] = await Promise.all([
    listStages(session, apiId, ctx),
    listDeployments(session, apiId, ctx),
  ]);
  const found = stages.find(({ StageName }) => StageName === stage);
  if (found === undefined) {
    throw new CloudError('NOT_FOUND', `${apiId} has no stage ${stage}`, {
      operation: 'GetStages',
      remedy: `Its stages are: ${stages.map(({ StageName }) => StageName).join(', ') || 'none'}.`,
    });
  }
  if (toStage(found, deployments, projectOf(mark)).deployed !== mark) return undefined;

  const current = deployments.find(({ DeploymentId }) => DeploymentId === found.DeploymentId);
  if (replaces === undefined) return current;

  return current?.DeploymentId !== replaces && current?.Description === mark ? current : undefined;
}

/** Waits until a deployment is done. */
export function deployed(
  session: Session,
  apiId: string,
  deploymentId: string,
  ctx: CallContext,
): Promise<DeploymentOutput> {
  return waitFor({
    what: `deployment ${deploymentId} of ${apiId}`,
    read: () => session.call(ctx, 'apigatewayv2', 'GetDeployment', { ApiId: apiId, DeploymentId: deploymentId }),
    status: ({ DeploymentStatus = '' }) => DeploymentStatus,
    reason: ({ DeploymentStatusMessage }) => DeploymentStatusMessage,
    pending: ['PENDING'],
    target: ['DEPLOYED'],
    timeoutMs: DEPLOY_TIMEOUT_MS,
    pollMs: POLL_MS,
    clock: ctx.clock,
    signal: ctx.ending ?? ctx.signal,
  });
}

function projectOf(mark: string): string | undefined {
  return /^postern:([^/]+)\//.exec(mark)?.[1];
}

export function createdMs({ CreatedDate }: DeploymentOutput): number {
  return CreatedDate === undefined ? 0 : new Date(CreatedDate).getTime();
}
