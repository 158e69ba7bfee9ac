import type { PlannerOption } from '../cloud/option.js';
import { limitIn, type Limits } from '../usage/limits.js';
import type { NeededService } from '../needs/needs.js';
import { inChunks, teamsIn } from './teams.js';

/** An API of a layout. */
export interface Api {
  readonly services: readonly NeededService[];
}

/**
 * The APIs of an option. Where a deployment publishes all of an API, each team has an API of its own, if there may be so
 * many. Otherwise there are as few as the limits of one API allow.
 */
export function apisOf(
  option: PlannerOption,
  services: readonly NeededService[],
  limits: Limits,
  gateways: number | undefined,
): readonly Api[] {
  if (option.apiPerService !== undefined) return services.map((one) => ({ services: [one] }));
  const room = option.perApi.map(({ quota, perService, fixed = 0 }) =>
    Math.floor((limitIn(limits, quota) - fixed) / perService),
  );
  const most = Math.max(1, Math.min(Number.POSITIVE_INFINITY, ...room));
  const shared = inChunks(services, most);
  const byTeam = teamsIn(services).flatMap(([, members]) => inChunks(members, most));
  const chosen = !option.routesDeployAlone && byTeam.length <= (gateways ?? byTeam.length) ? byTeam : shared;
  return chosen.map((some) => ({ services: some }));
}
