import type { Gateway, Stage } from '../../do/model/gateway.js';
import type { Claimant } from '../../do/model/ownership.js';

/**
 * The stages of a gateway that a spec's routes are deployed to, by their marks: those that the project deployed, first
 * the one that it created.
 */
export function ownStages({ stages }: Gateway, by: Claimant): readonly Stage[] {
  const isDeployed = ({ deployed }: Stage): boolean => deployed?.startsWith(markStart(by)) === true;
  const isCreated = ({ createdBy }: Stage): boolean =>
    createdBy !== undefined && createdBy.project === by.project && createdBy.spec === by.spec;
  return stages
    .filter((stage) => isDeployed(stage) || isCreated(stage))
    .toSorted((a, b) => Number(isCreated(b)) - Number(isCreated(a)) || (a.name < b.name ? -1 : 1));
}

function markStart({ project, spec }: Claimant): string {
  return `postern:${project}${spec === undefined ? '' : `@${spec}`}/`;
}
