import type { CallContext, Owner } from '@postern/core';
import { unlessGone } from '@postern/core/adapter';
import type { Session } from '../../../client/session.js';
import { createdBy } from '../../rest-stage.js';
import { findStage, refuseCanary } from './stage-state.js';

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
