import { isPosternError, readUntil, unlessGone, type MoveUnit, type CallContext } from '@postern/core/internal/adapter';
import type { Session } from '../../client/session.js';
import { STALENESS_MS } from '../../limits.js';
import { findStage } from '../write/stage/deploy.js';
import type { RouteSession } from '../write/resource-trees.js';
import { connectMethods } from './rest-integrations.js';
import {
  deployedSides,
  methodsOverNewLink,
  changeDeployment,
  deployStage,
  getStage,
  patchStage,
} from './rest-stage.js';
import type { RestCaptured, RestPrepared } from './rest-state.js';

/** A move that is taken back, and how it is done. */
export interface Returned {
  readonly session: RouteSession;
  readonly unit: MoveUnit;
  readonly captured: RestCaptured;
  readonly prepared: RestPrepared | undefined;
  readonly ctx: CallContext;
}

/**
 * All calls use the old link again: the stage serves the former deployment, or, where another writer has deployed the new link,
 * a new one with the former integrations and all else that was changed.
 * @throws {CloudError} `CANARY_ACTIVE` where another writer has a canary on a deployment with the new link
 */
export async function backToOld(move: Returned): Promise<void> {
  const { session, unit, captured, prepared, ctx } = move;
  const { deploymentId: now, canarySettings: canary } = await getStage(session, unit, ctx);
  if (prepared !== undefined && canary?.deploymentId === prepared.deploymentId) {
    await patchStage(session, unit, ctx, [{ op: 'remove', path: '/canarySettings' }]);
  }
  const value = captured.deploymentId;
  const changed =
    prepared !== undefined &&
    now === prepared.deploymentId &&
    (await changeDeployment(session, unit, now, [{ op: 'replace', path: '/deploymentId', value }], ctx));
  // The calls return first: a list of methods takes longer.
  await returnMethods(move);
  if (changed === 'replaced') await deployStage(session, unit, ctx);
}

/**
 * The methods of the working copy that lead where the move led them get the old link again, so that each later deployment has
 * it. Then it is read what the stage serves: a deployment that another writer made before may have the new link.
 */
async function returnMethods({ session, unit, captured, prepared, ctx }: Returned): Promise<void> {
  const moved = prepared?.methods ?? (await methodsOverNewLink(session, unit, captured, ctx));
  await connectMethods(session, unit.gateway.id, moved, captured.methods, 'kept', ctx);
  // An older answer may show the deployment that was replaced a moment ago.
  const stage = await readUntil(
    () => findStage(session, unit.gateway.id, unit.stage ?? '', ctx),
    (one) => one === undefined || one.deploymentId !== prepared?.deploymentId,
    STALENESS_MS,
    ctx,
  );
  if (stage === undefined || stage.deploymentId === captured.deploymentId) return;

  const served = await deployedSides(session, unit, captured, prepared, ctx);
  if (served.new.length > 0) await deployStage(session, unit, ctx);
}

/** The working copy and the stage are as before, where they are as the move left them; the new deployment is deleted. */
export async function releaseNew(move: Returned): Promise<readonly string[]> {
  await returnMethods(move);
  const { session, unit, prepared, ctx } = move;
  return prepared === undefined ? [] : deleteDeployment(session, unit.gateway.id, prepared.deploymentId, ctx);
}

/** Deletes a deployment, unless a stage uses it. */
export async function deleteDeployment(
  session: Session,
  restApiId: string,
  deploymentId: string,
  ctx: CallContext,
): Promise<readonly string[]> {
  try {
    const gone = await unlessGone(session.call(ctx, 'apigateway', 'DeleteDeployment', { restApiId, deploymentId }));
    return gone === undefined ? [] : [`deployment ${deploymentId} of ${restApiId}`];
  } catch (error) {
    if (!isPosternError(error, 'STILL_REFERENCED')) throw error;

    return [];
  }
}
