import type { CallContext } from '@postern/core/internal/library';
import { CloudError, formerText, isMarkOf, usersOfMark, type Claim } from '@postern/core/internal/adapter';
import { restStageArn } from '../../arn.js';
import { formatMethodMark, ownerOfMethod } from '../rest-owner.js';
import { deployedTag } from '../rest-stage.js';
import { findMethod } from './method/delete-method.js';
import { notOurs, type RouteSession, placeOf } from './write-session.js';
import { replaced } from './method/patch.js';
import { findStage } from './stage/deploy.js';
import { getMethod } from './method/update-method.js';

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
