import type { CallContext, Owner } from '@postern/core/internal/library';
import { defined, CloudError, createOnce, isPosternError, unlessGone } from '@postern/core/internal/adapter';
import type { RestDeploymentOutput, RestStageOutput } from '../../../sdk-types.js';
import { restStageArn } from '../../../arn.js';
import { sent, type Session } from '../../../client/session.js';
import { STALENESS_MS } from '../../../limits.js';
import { listRestDeployments, listRestStages } from '../../read-rest-api.js';
import { createdTags, deployedTag, createdBy } from '../../rest-stage.js';
import { createDeployment, type DeploymentOutcome } from './create-deployment.js';
import { whenWhole } from '../when-whole.js';
import type { RouteSession } from '../resource-trees.js';

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

/**
 * Empties the cache of a stage, where one is available: it keeps answers of the backends that its routes had before. Answers why it
 * was not emptied.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageCache.html
 */
export async function flushCache(
  session: Session,
  apiId: string,
  stageName: string,
  ctx: CallContext,
): Promise<readonly string[]> {
  try {
    const stage = await findStage(session, apiId, stageName, ctx);
    if (stage?.cacheClusterStatus !== 'AVAILABLE') return [];

    await session.call(ctx, 'apigateway', 'FlushStageCache', { restApiId: apiId, stageName });
    return [];
  } catch (error) {
    if (!isPosternError(error) || error.code === 'ABORTED') throw error;

    const what = `the cache of stage ${stageName} of ${apiId} was not flushed: it keeps answers of former backends until they expire`;
    return [`${what} (${error.message})`];
  }
}

/** The deployment of a stage, where it carries the mark: by the tag, or by the description where no tag was written. */
async function markedDeployment(
  session: Session,
  apiId: string,
  stage: RestStageOutput,
  mark: string,
  ctx: CallContext,
): Promise<RestDeploymentOutput | undefined> {
  if (stage.deploymentId !== undefined && isTagged(stage, mark)) return { id: stage.deploymentId };

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

/**
 * Deletes a stage whose tags say that `by` created it. Any other stage is left as it is. Deployments stay: they
 * serve nothing.
 * @throws {CloudError} `CANARY_ACTIVE`; `STILL_REFERENCED` where a domain name maps to the stage
 */
export async function removeStage(
  session: Session,
  apiId: string,
  stageName: string,
  by: Pick<Owner, 'project' | 'spec'>,
  ctx: CallContext,
): Promise<void> {
  const stage = await unlessGone(findStage(session, apiId, stageName, ctx));
  const creator = stage && createdBy(stage.tags);
  if (stage === undefined || creator?.project !== by.project || creator.spec !== by.spec) return;

  refuseCanary(apiId, stage);
  await unlessGone(session.call(ctx, 'apigateway', 'DeleteStage', { restApiId: apiId, stageName }));
}

/** A stage as it is now, or `undefined`. @throws {CloudError} `NOT_FOUND` where the API does not exist */
export async function findStage(
  session: Session,
  apiId: string,
  name: string,
  ctx: CallContext,
): Promise<RestStageOutput | undefined> {
  return (await listRestStages(session, apiId, ctx)).find(({ stageName }) => stageName === name);
}

/** Refuses a stage that gives a part of its calls to another deployment. @throws {CloudError} `CANARY_ACTIVE` */
export function refuseCanary(apiId: string, { stageName, canarySettings: canary }: RestStageOutput): void {
  if (canary === undefined) return;

  throw new CloudError(
    'CANARY_ACTIVE',
    `stage ${stageName} of ${apiId} has a canary with ${canary.percentTraffic ?? 0} % of the calls`,
    {
      operation: 'GetStages',
      remedy: 'Promote the canary or remove it, then plan again. Postern never overwrites a canary.',
      details: { gatewayId: apiId, stage: stageName, deploymentId: canary.deploymentId },
    },
  );
}

/** Whether the tags of a stage say that it serves the deployment with this mark. */
function isTagged({ tags = {}, deploymentId = '' }: RestStageOutput, mark: string): boolean {
  return Object.entries(deployedTag(mark, deploymentId)).every(([key, value]) => tags[key] === value);
}

/** Who deploys, by the mark: `postern:shop@orders-7f3k2q/<hash>`. */
function deployerOf(mark: string): Pick<Owner, 'project' | 'spec'> {
  const [, project = '', spec] = /^postern:([^/@]+)(?:@([^/]+))?\//.exec(mark) ?? [];
  return { project, ...defined({ spec }) };
}
