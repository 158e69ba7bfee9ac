import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  CloudError,
  formerText,
  isMarkOf,
  usersOfMark,
  type Claim,
  markStart,
  unlessGone,
} from '@postern/core/internal/adapter';
import { restStageArn } from '../../arn.js';
import { formatMethodMark, ownerOfMethod } from '../rest-owner.js';
import { deployedTag, createdBy, createdTags } from '../rest-stage.js';
import { findMethod } from './method/delete-method.js';
import { notOurs, type RouteSession, placeOf } from './resource-trees.js';
import { replaced } from './method/method-input.js';
import { findStage } from './stage/deploy.js';
import { getMethod } from './method/update-method.js';
import type { Session } from '../../client/session.js';
import { writerTag } from '../../gateways/stage-writers.js';

/**
 * Writes the mark of a method that exists, in the working copy: stages serve what they served. The name that the method
 * had is kept behind the mark.
 * @throws {CloudError} `NOT_OURS`, `NOT_FOUND`
 */
export async function adoptMethod(
  session: RouteSession,
  apiId: string,
  key: string,
  owner: Claim,
  ctx: CallContext,
): Promise<void> {
  const place = placeOf(apiId, key);
  const resourceId = (await findMethod(session, place, ctx))?.resourceId;
  if (resourceId === undefined) throw gone(`${apiId} has no method ${key}`, 'GetResources');

  const { operationName } = await getMethod(session, place, resourceId, ctx);
  const whose = ownerOfMethod(operationName, place);
  if (whose !== undefined && !isMarkOf(whose, owner)) throw notOurs(place, owner, 'UpdateMethod');

  const created = whose === undefined ? [] : usersOfMark(operationName);
  const mark = formatMethodMark(owner, place, created, formerText(operationName));
  const patchOperations = [...replaced('/operationName', operationName, mark)];
  if (patchOperations.length === 0) return;

  const input = { restApiId: apiId, resourceId, httpMethod: place.verb, patchOperations };
  await session.call(ctx, 'apigateway', 'UpdateMethod', input);
  session.trees.forget(apiId);
}

/** Records on a stage that its deployment has the routes of a mark. @throws {CloudError} `NOT_FOUND` */
export async function adoptStage(
  session: RouteSession,
  apiId: string,
  stageName: string,
  mark: string,
  ctx: CallContext,
): Promise<void> {
  const stage = await findStage(session, apiId, stageName, ctx);
  if (stage?.deploymentId === undefined)
    throw gone(`${apiId} has no stage ${stageName} with a deployment`, 'GetStages');

  const tags = deployedTag(mark, stage.deploymentId);
  await session.call(ctx, 'apigateway', 'TagResource', {
    resourceArn: restStageArn(session.region, apiId, stageName),
    tags,
  });
}

function gone(message: string, operation: string): CloudError {
  const remedy = 'Plan again: another writer changed the API at the same time.';
  return new CloudError('NOT_FOUND', message, { operation, remedy });
}

/**
 * Removes the mark of a method, and with it the names of the resources that Postern created for it: nothing deletes
 * these then. An adopted method gets the name that it had. An empty `operationName` is one that is not set [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @throws {CloudError} `NOT_OURS`
 */
export async function forgetMethod(
  session: RouteSession,
  apiId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
): Promise<void> {
  const place = placeOf(apiId, key);
  const found = await findMethod(session, place, ctx);
  const method = found && (await unlessGone(getMethod(session, place, found.resourceId, ctx)));
  const whose = ownerOfMethod(method?.operationName, place);
  if (found === undefined || whose === undefined) return;
  if (!isMarkOf(whose, owner)) throw notOurs(place, owner, 'UpdateMethod');

  const patchOperations = [...replaced('/operationName', method?.operationName, formerText(method?.operationName))];
  const input = { restApiId: apiId, resourceId: found.resourceId, httpMethod: place.verb, patchOperations };
  await unlessGone(session.call(ctx, 'apigateway', 'UpdateMethod', input));
  session.trees.forget(apiId);
}

/** Removes the tags that `by` wrote on a stage: that it created the stage, what it deployed to it, and which settings it wrote. */
export async function forgetStage(
  session: Session,
  apiId: string,
  stageName: string,
  by: Pick<Owner, 'project' | 'spec'>,
  ctx: CallContext,
): Promise<void> {
  const stage = await unlessGone(findStage(session, apiId, stageName, ctx));
  if (stage === undefined) return;

  const { project, spec } = by;
  const creator = createdBy(stage.tags);
  const isCreator = creator?.project === project && creator.spec === spec;
  const deployed = deployedTag(`${markStart(by)}0`, '');
  const written = { ...(isCreator ? createdTags(by) : {}), ...deployed };
  const found = Object.keys(written).filter((key) => Object.hasOwn(stage.tags ?? {}, key));
  const tagKeys = [...found, ...writerTag(stage.tags, by)];
  if (tagKeys.length === 0) return;

  const input = { resourceArn: restStageArn(session.region, apiId, stageName), tagKeys };
  await unlessGone(session.call(ctx, 'apigateway', 'UntagResource', input));
}
