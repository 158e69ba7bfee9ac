import type { CallContext } from '@postern/core';
import { CloudError, createOnce, isPosternError } from '@postern/core/adapter';
import type { RestDeploymentOutput, RestStageOutput } from '../../../sdk-types.js';
import { restStageArn } from '../../../arn.js';
import { sent } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';
import { STALENESS_MS } from '../../../limits.js';
import { listRestDeployments } from '../../list-rest-apis.js';
import { createdTags, deployedTag } from '../../rest-stage.js';
import { createDeployment, type DeploymentOutcome } from './create-deployment.js';
import { deployerOf, findStage, isTagged, refuseCanary } from './stage-state.js';
import { whenWhole } from '../when-whole.js';
import type { RouteSession } from '../write-session.js';

/**
 * Deploys a REST API to a stage, unless the stage has a deployment with this mark. A stage that does not exist
 * is created with the deployment and with the tags that name its creator.
 * @param replaces a deployment that does not count, although it may have the mark
 * @throws {CloudError} `CANARY_ACTIVE`, before anything is written
 */
export async function deploy(
  session: RouteSession,
  apiId: string,
  stageName: string,
  mark: string,
  ctx: CallContext,
  replaces?: string,
): Promise<{ readonly deploymentId: string }> {
  const projects = () => [deployerOf(mark).project];
  const deploymentId = await whenWhole(session, apiId, projects, ctx, async () => {
    const stage = await findStage(session, apiId, stageName, ctx);
    return stage === undefined
      ? deployToNew(session, apiId, stageName, mark, ctx)
      : deployTo(session, apiId, stageName, mark, ctx, replaces);
  });
  return { deploymentId };
}

/** Deploys to a stage that exists, and records that in its tag. */
async function deployTo(
  session: Session,
  apiId: string,
  stageName: string,
  mark: string,
  ctx: CallContext,
  replaces?: string,
): Promise<string> {
  let stage: RestStageOutput | undefined;
  const deployment = await createOnce<DeploymentOutcome>({
    what: `deployment of ${apiId} to ${stageName}`,
    find: async () => {
      stage = await findStage(session, apiId, stageName, ctx);
      if (stage === undefined) throw gone(apiId, stageName);
      refuseCanary(apiId, stage);
      if (replaces !== undefined && stage.deploymentId === replaces) return undefined;
      return markedDeployment(session, apiId, stage, mark, ctx);
    },
    create: () => createDeployment(session, { restApiId: apiId, stageName, description: mark }, ctx),
    stalenessMs: STALENESS_MS,
    ctx,
  });
  if (deployment === 'no routes') return '';
  const id = sent(deployment.id, 'id', 'CreateDeployment', true);
  if (stage === undefined || !isTagged({ ...stage, deploymentId: id }, mark)) {
    await tagStage(session, apiId, stageName, deployedTag(mark, id), ctx);
  }
  return id;
}

/** The deployment of a stage, where it carries the mark: by the tag, or by the description where no tag was written. */
async function markedDeployment(
  session: Session,
  apiId: string,
  stage: RestStageOutput,
  mark: string,
  ctx: CallContext,
): Promise<RestDeploymentOutput | undefined> {
  if (isTagged(stage, mark)) return { id: stage.deploymentId };
  const deployments = await listRestDeployments(session, apiId, ctx);
  return deployments.find(({ id, description }) => id === stage.deploymentId && description === mark);
}

/**
 * Deploys, and creates the stage with its tags in one call. Only a deployment that was not there before counts
 * as made by a call whose answer was lost: an older one with the same mark has older routes of others.
 */
async function deployToNew(
  session: Session,
  apiId: string,
  stageName: string,
  mark: string,
  ctx: CallContext,
): Promise<string> {
  let before: ReadonlySet<string | undefined> | undefined;
  const deployment = await createOnce<DeploymentOutcome>({
    what: `deployment of ${apiId} for a new stage ${stageName}`,
    find: async () => {
      const deployments = await listRestDeployments(session, apiId, ctx);
      before ??= new Set(deployments.map(({ id }) => id));
      return deployments.find(({ id, description }) => description === mark && before?.has(id) === false);
    },
    create: () => createDeployment(session, { restApiId: apiId, description: mark }, ctx),
    stalenessMs: STALENESS_MS,
    ctx,
  });
  if (deployment === 'no routes') return '';
  const deploymentId = sent(deployment.id, 'id', 'CreateDeployment', true);
  const tags = { ...createdTags(deployerOf(mark)), ...deployedTag(mark, deploymentId) };
  try {
    await session.call(
      ctx,
      'apigateway',
      'CreateStage',
      { restApiId: apiId, stageName, deploymentId, tags },
      'idempotent',
    );
  } catch (error) {
    // It exists: by a call whose answer was lost, or another writer was faster.
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;
    return deployTo(session, apiId, stageName, mark, ctx);
  }
  return deploymentId;
}

async function tagStage(
  session: Session,
  apiId: string,
  stageName: string,
  tags: Record<string, string>,
  ctx: CallContext,
): Promise<void> {
  const input = { resourceArn: restStageArn(session.region, apiId, stageName), tags };
  await session.call(ctx, 'apigateway', 'TagResource', input);
}

function gone(apiId: string, stageName: string): CloudError {
  return new CloudError('NOT_FOUND', `${apiId} has no stage ${stageName}`, {
    operation: 'GetStages',
    remedy: 'Run again: another writer deleted the stage at the same time.',
  });
}
