import type { CallContext } from '@postern/core/internal/library';
import { createOnce, hashJson, type MoveUnit, isPosternError, type MovePosition } from '@postern/core/internal/adapter';
import type { PatchOperation, RestStageOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';
import { STALENESS_MS } from '../../limits.js';
import { listRestDeployments } from '../read-rest-api.js';
import { createDeployment, type DeploymentOutcome } from '../write/stage/create-deployment.js';
import { findStage, refuseCanary } from '../write/stage/deploy.js';
import { whenWhole } from '../write/when-whole.js';
import type { RouteSession } from '../write/resource-trees.js';
import { exportOf } from '../stage-export.js';
import { isSame, targetsOf } from './rest-integrations.js';
import { changedMeanwhile } from '../../move-methods.js';
import type { MovedMethod, RestCaptured, RestPrepared } from './rest-state.js';

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
type DeploymentChange = 'served' | 'replaced' | 'not changed';

/**
 * Changes which deployment a stage serves, if it serves `now`. The service has no condition for that, so that a deployment which
 * another writer makes in this moment may be replaced: then the working copy, which has all that it had, has to be deployed.
 */
export async function changeDeployment(
  session: Session,
  unit: MoveUnit,
  now: string | undefined,
  patchOperations: PatchOperation[],
  ctx: CallContext,
): Promise<DeploymentChange> {
  // An older list may lack a deployment of the move itself.
  const own = [now, ...patchOperations.map(({ value }) => value)];
  const known = new Set([...(await deploymentIds(session, unit, ctx)), ...own]);
  const { deploymentId } = await getStage(session, unit, ctx);
  if (deploymentId !== now) return 'not changed';

  await patchStage(session, unit, ctx, patchOperations);
  const after = await deploymentIds(session, unit, ctx);
  return [...after].some((id) => !known.has(id)) ? 'replaced' : 'served';
}

async function deploymentIds(session: Session, { gateway }: MoveUnit, ctx: CallContext): Promise<ReadonlySet<string>> {
  return new Set((await listRestDeployments(session, gateway.id, ctx)).map(({ id }) => id));
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

/**
 * Where the calls of a stage go. A deployment of another writer counts by where its methods lead: some of them over the new link
 * are a part of the calls.
 */
export async function whereStage(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  prepared: RestPrepared | undefined,
  ctx: CallContext,
): Promise<MovePosition> {
  const stage = await findStage(session, unit.gateway.id, unit.stage ?? '', ctx);
  if (stage === undefined) return { at: 'elsewhere', found: `stage ${unit.stage} does not exist` };

  const { deploymentId: now, canarySettings: canary } = stage;
  const isNew = prepared !== undefined && now === prepared.deploymentId;
  if (!isNew && now !== captured.deploymentId) {
    const found = `stage ${unit.stage}: deployment ${now}`;
    const isOwn = canary !== undefined && canary.deploymentId === prepared?.deploymentId;
    if (canary !== undefined && !isOwn) return { at: 'elsewhere', found };

    const { new: moved, others } = await deployedSides(session, unit, captured, prepared, ctx);
    if (moved.length === 0 && isOwn) return { at: 'canary', percent: canary.percentTraffic ?? 0, found };
    if (moved.length === 0) return others.length === 0 ? { at: 'old' } : { at: 'elsewhere', found };
    if (moved.length === captured.methods.length && !isOwn) return { at: 'new' };

    return { at: 'canary', percent: Math.round((100 * moved.length) / captured.methods.length), found };
  }
  if (canary === undefined) return { at: isNew ? 'new' : 'old' };
  if (prepared === undefined || canary.deploymentId !== prepared.deploymentId) {
    return { at: 'elsewhere', found: `stage ${unit.stage}: a canary with deployment ${canary.deploymentId}` };
  }

  // A promoted canary that is not removed yet takes no calls of its own.
  return { at: 'canary', percent: isNew ? 100 : (canary.percentTraffic ?? 0) };
}

/** The methods that move, by where they lead in what the stage serves. Both link and target decide. */
export async function deployedSides(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  prepared: RestPrepared | undefined,
  ctx: CallContext,
): Promise<Readonly<Record<'old' | 'new' | 'others', readonly MovedMethod[]>>> {
  const { methods } = await exportOf(session, unit.gateway.id, unit.stage ?? '', ctx);
  const served = new Map(methods.map(({ key, integration }) => [key, integration] as const));
  const wanted = prepared?.methods ?? (await methodsOverNewLink(session, unit, captured, ctx));
  const isServed = (one: MovedMethod): boolean => {
    const is = served.get(`${one.verb} ${one.path}`);
    if (is === undefined) return false;

    const { integrationTarget = one.integrationTarget } = is; // the export of a V2 link may not show it
    return isSame({ connectionId: is.connectionId ?? '', integrationTarget, uri: is.uri ?? '' }, one);
  };
  const sideOf = (before: MovedMethod, at: number): 'old' | 'new' | 'others' => {
    if (isServed(before)) return 'old';

    const after = wanted[at];
    return after !== undefined && isServed(after) ? 'new' : 'others';
  };
  const sides = captured.methods.map((one, at) => [sideOf(one, at), one] as const);
  const on = (side: 'old' | 'new' | 'others') => sides.flatMap(([its, one]) => (its === side ? [one] : []));
  return { old: on('old'), new: on('new'), others: on('others') };
}

/** Where the methods lead over the new link; none where the load balancer behind it does not exist any more. */
export async function methodsOverNewLink(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  ctx: CallContext,
): Promise<readonly MovedMethod[]> {
  try {
    return await targetsOf(session, unit, captured, ctx);
  } catch (error) {
    if (!isPosternError(error, 'NOT_FOUND')) throw error;

    return [];
  }
}
