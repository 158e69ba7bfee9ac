import type { CallContext } from '@postern/core/internal/library';
import { cloudNow, createOnce, readUntil, type MoveUnit, hashJson } from '@postern/core/internal/adapter';
import type { DeploymentOutput } from '../../sdk-types.js';
import { sent, type Session } from '../../client/session.js';
import { createdMs, deployed, listDeployments, listStages } from '../deployment.js';
import { STALENESS_MS } from '../../limits.js';
import type { CapturedStage } from './http-state.js';

/** The stages of an API that are deployed by hand, with what they serve. */
export async function manualStages(
  session: Session,
  apiId: string,
  ctx: CallContext,
): Promise<readonly CapturedStage[]> {
  const stages = await listStages(session, apiId, ctx);
  return stages.flatMap(({ StageName: name = '', AutoDeploy, DeploymentId: deploymentId }) =>
    AutoDeploy === true || deploymentId === undefined ? [] : [{ name, deploymentId }],
  );
}

/** Deploys an API to a stage, unless what it serves contains the unit. */
export async function deployMarked(
  session: Session,
  unit: MoveUnit,
  stage: CapturedStage,
  ctx: CallContext,
): Promise<void> {
  const { id: ApiId } = unit.gateway;
  let before = stage.deploymentId;
  const deployment = await createOnce<DeploymentOutput>({
    what: `deployment of ${ApiId} to ${stage.name}`,
    find: async () => {
      const served = (await deployedStagesNow(session, unit, [stage], ctx)).get(stage.name);
      before = served?.deploymentId ?? before;
      return served?.hasUnit === true ? served.deployment : undefined;
    },
    create: () => {
      const Description = marksOf(unit, stage.deploymentId).after(before);
      return session.call(ctx, 'apigatewayv2', 'CreateDeployment', { ApiId, StageName: stage.name, Description });
    },
    stalenessMs: STALENESS_MS,
    ctx,
  });
  if (deployment.DeploymentStatus === 'DEPLOYED') return;

  await deployed(session, ApiId, sent(deployment.DeploymentId, 'DeploymentId', 'CreateDeployment', true), ctx);
}

/** What a stage serves. */
export interface DeployedStage {
  readonly deploymentId: string;
  readonly deployment: DeploymentOutput | undefined;
  /** Whether the deployment is one of the move, and whether it contains the unit. */
  readonly isOfMove: boolean;
  readonly hasUnit: boolean;
  /** Whether the move has deployed after it a moment ago: the stage may have been read too early. */
  readonly mayBeOld: boolean;
}

/** What some stages serve; one that does not exist is missing. No call is made for no stage. */
export async function deployedStages(
  session: Session,
  unit: MoveUnit,
  captured: readonly CapturedStage[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, DeployedStage>> {
  if (captured.length === 0) return new Map();

  const [stages, deployments] = await Promise.all([
    listStages(session, unit.gateway.id, ctx),
    listDeployments(session, unit.gateway.id, ctx),
  ]);
  return new Map(
    captured.flatMap(({ name, deploymentId: left }) => {
      const stage = stages.find(({ StageName }) => StageName === name);
      if (stage === undefined) return [];

      const { DeploymentId: deploymentId = '' } = stage;
      const deployment = deployments.find((one) => one.DeploymentId === deploymentId);
      const { isOfMove, followers, contains } = marksOf(unit, left);
      const served = {
        deploymentId,
        deployment,
        isOfMove: isOfMove(deployment),
        hasUnit: contains(deployment, deployments),
        mayBeOld: followers(deploymentId, deployments).some((one) => isRecent(one, ctx)),
      };
      return [[name, served] as const];
    }),
  );
}

/** Whether a stage may be shown as before a deployment: one takes seconds, and then lists are old for `STALENESS_MS`. */
function isRecent(deployment: DeploymentOutput, ctx: CallContext): boolean {
  const now = cloudNow(ctx);
  return now === undefined || now.earliestMs - createdMs(deployment) < 2 * STALENESS_MS;
}

/** As {@link deployedStages}, read again while a stage may be shown as it was before the last deployment of the move. */
export function deployedStagesNow(
  session: Session,
  unit: MoveUnit,
  captured: readonly CapturedStage[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, DeployedStage>> {
  return readUntil(
    () => deployedStages(session, unit, captured, ctx),
    (served) => [...served.values()].every(({ mayBeOld }) => !mayBeOld),
    STALENESS_MS,
    ctx,
  );
}

/** Sets a stage to a deployment. */
export async function serveAgain(
  session: Session,
  apiId: string,
  stage: string,
  deploymentId: string,
  ctx: CallContext,
): Promise<void> {
  const input = { ApiId: apiId, StageName: stage, DeploymentId: deploymentId };
  await session.call(ctx, 'apigatewayv2', 'UpdateStage', input);
}

/**
 * The descriptions of deployments of a move: `postern-move/MOVE/UNIT/BEFORE`. Units of one API follow each other on a stage,
 * and each deployment contains those before it: BEFORE is what the stage served until then. All units of a move left the same
 * deployment, and a later move leaves another one: so MOVE is that of one move only.
 */
interface DeploymentMarks {
  /** The description of a deployment that follows another one. */
  readonly after: (deploymentId: string) => string;
  readonly isOfMove: (deployment: DeploymentOutput | undefined) => boolean;
  /** The deployments of the move that followed a deployment: a stage that shows it was read too early, or was set back. */
  readonly followers: (deploymentId: string, all: readonly DeploymentOutput[]) => readonly DeploymentOutput[];
  /** Whether a deployment contains the unit. */
  readonly contains: (deployment: DeploymentOutput | undefined, all: readonly DeploymentOutput[]) => boolean;
}

/** The marks of a unit on a stage that served the deployment `left` before the move. */
function marksOf({ gateway, from, to, integration, routes }: MoveUnit, left: string): DeploymentMarks {
  const move = `postern-move/${hashJson({ apiId: gateway.id, from: from.id, to: to.id, left })}`;
  const unit = hashJson({ integration: integration ?? '', routes: routes ?? [] });
  const partsOf = (one: DeploymentOutput | undefined): readonly string[] | undefined =>
    one?.Description?.startsWith(`${move}/`) === true && one.DeploymentStatus !== 'FAILED'
      ? one.Description.split('/').slice(2)
      : undefined;
  return {
    after: (deploymentId) => `${move}/${unit}/${deploymentId}`,
    isOfMove: (one) => partsOf(one) !== undefined,
    followers: (deploymentId, all) => all.filter((one) => partsOf(one)?.[1] === deploymentId),
    contains: (one, all) => {
      // Each one follows an older one, so none is looked at twice.
      let rest = all;
      for (let at = one; at !== undefined;) {
        const [by, before] = partsOf(at) ?? [];
        if (by === undefined || by === unit) return by === unit;

        const id = at.DeploymentId;
        rest = rest.filter(({ DeploymentId }) => DeploymentId !== id);
        at = rest.find(({ DeploymentId }) => DeploymentId === before);
      }
      return false;
    },
  };
}
