import type { CallContext } from '@postern/core';
import { createOnce, hashJson, type MoveUnit } from '@postern/core/adapter';
import type { PatchOperation, RestStageOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import { listRestDeployments } from '../rest-api/list-rest-apis.js';
import { createDeployment, type DeploymentOutcome } from '../rest-api/write/stage/create-deployment.js';
import { findStage, refuseCanary } from '../rest-api/write/stage/stage-state.js';
import { whenWhole } from '../rest-api/write/when-whole.js';
import type { RouteSession } from '../rest-api/write/write-session.js';
import { changedMeanwhile } from './changed-meanwhile.js';

/** The stage that moves. @throws {PosternError} `WORLD_MOVED` where it does not exist any more */
export async function getStage(
  session: Session,
  { gateway, stage = '' }: MoveUnit,
  ctx: CallContext,
): Promise<RestStageOutput> {
  const found = await findStage(session, gateway.id, stage, ctx);
  if (found !== undefined) return found;
  throw changedMeanwhile(`REST API ${gateway.id} has no stage ${stage}`);
}

/** Changes the stage that moves. */
export async function patchStage(
  session: Session,
  { gateway: { id: restApiId }, stage: stageName = '' }: MoveUnit,
  ctx: CallContext,
  patchOperations: PatchOperation[],
): Promise<void> {
  await session.call(ctx, 'apigateway', 'UpdateStage', { restApiId, stageName, patchOperations });
}

/** `served`: the stage serves what it is to serve. `replaced`: so it does, and another writer's deployment is not served any more. */
type ServedChange = 'served' | 'replaced' | 'not changed';

/**
 * Changes which deployment a stage serves, if it serves `now`. The service has no condition for that, so that a deployment which
 * another writer makes in this moment may be replaced: then the working copy, which has all that it had, has to be deployed.
 */
export async function changeServed(
  session: Session,
  unit: MoveUnit,
  now: string | undefined,
  patchOperations: PatchOperation[],
  ctx: CallContext,
): Promise<ServedChange> {
  const known = await deploymentIds(session, unit, ctx);
  const { deploymentId } = await getStage(session, unit, ctx);
  if (deploymentId !== now) return 'not changed';
  await patchStage(session, unit, ctx, patchOperations);
  const after = await deploymentIds(session, unit, ctx);
  return [...after].some((id) => !known.has(id)) ? 'replaced' : 'served';
}

async function deploymentIds(session: Session, { gateway }: MoveUnit, ctx: CallContext): Promise<ReadonlySet<string>> {
  return new Set((await listRestDeployments(session, gateway.id, ctx)).map(({ id = '' }) => id));
}

/** Deploys the working copy to the stage that moves. @throws {CloudError} `CANARY_ACTIVE` */
export async function deployStage(session: RouteSession, unit: MoveUnit, ctx: CallContext): Promise<void> {
  const { gateway, stage: stageName = '' } = unit;
  const restApiId = gateway.id;
  const { deploymentId: before } = await getStage(session, unit, ctx);
  const description = `postern-move/${hashJson({ restApiId, stageName, instead: before ?? null })}`;
  const outcome = await whenWhole(
    session,
    restApiId,
    () => [],
    ctx,
    () =>
      createOnce<DeploymentOutcome>({
        what: `deployment of ${restApiId} to ${stageName}`,
        find: async () => {
          const stage = await getStage(session, unit, ctx);
          refuseCanary(restApiId, stage);
          const deployments = await listRestDeployments(session, restApiId, ctx);
          return deployments.find((one) => one.id === stage.deploymentId && one.description === description);
        },
        create: () => createDeployment(session, { restApiId, stageName, description }, ctx),
        stalenessMs: STALENESS_MS,
        ctx,
      }),
  );
  if (outcome === 'no routes') throw changedMeanwhile(`REST API ${restApiId} has no methods`);
}
