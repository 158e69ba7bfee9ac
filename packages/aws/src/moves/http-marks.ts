import { hashJson, type MoveUnit } from '@postern/core/adapter';
import type { DeploymentOutput } from '../sdk-types.js';

/**
 * The descriptions of deployments of a move: `postern-move/MOVE/UNIT/BEFORE`. Units of one API follow each other on a stage,
 * and each deployment contains those before it: BEFORE is what the stage served until then. All units of a move left the same
 * deployment, and a later move leaves another one: so MOVE is that of one move only.
 */
export interface DeploymentMarks {
  /** The description of a deployment that follows another one. */
  readonly after: (deploymentId: string) => string;
  /** Whether a deployment is one of the move. */
  readonly isOfMove: (deployment: DeploymentOutput | undefined) => boolean;
  /** The deployments of the move that followed a deployment: a stage that shows it was read too early, or was set back. */
  readonly followers: (deploymentId: string, all: readonly DeploymentOutput[]) => readonly DeploymentOutput[];
  /** Whether a deployment contains the unit. */
  readonly contains: (deployment: DeploymentOutput | undefined, all: readonly DeploymentOutput[]) => boolean;
}

/** The marks of a unit on a stage that served the deployment `left` before the move. */
export function marksOf({ gateway, from, to, integration, routes }: MoveUnit, left: string): DeploymentMarks {
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
