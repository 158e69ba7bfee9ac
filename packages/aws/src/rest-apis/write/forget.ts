import type { CallContext, Owner } from '@postern/core/internal/library';
import { formerText, isMarkOf, markStart, unlessGone } from '@postern/core/internal/adapter';
import { restStageArn } from '../../arn.js';
import type { Session } from '../../client/session.js';
import { writerTag } from '../../gateways/stage-writers.js';
import { ownerOfMethod } from '../rest-owner.js';
import { createdBy, createdTags, deployedTag } from '../rest-stage.js';
import { notOurs, type RouteSession, placeOf } from './write-session.js';
import { replaced } from './method/patch.js';
import { findStage } from './stage/deploy.js';
import { findMethod } from './method/delete-method.js';
import { getMethod } from './method/update-method.js';

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
