import { defined } from '../../ground/defined.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { Gateway, Stage } from '../../do/model/gateway.js';
import { markStart } from '../../do/model/marks.js';
import type { Route } from '../../do/model/route.js';
import { cloudName } from '../schema/fields.js';
import { fits } from './link-input.js';
import type { WrittenIntegration } from './declared-settings.js';
import type { Claimant } from '../../do/model/ownership.js';
import { fewText } from '../../ground/text/quantities.js';

/**
 * The stages on which a route can be called, including stages with an older version of it. Undefined: not
 * read, or there are none.
 */
export function callableOn({ publishedOn, stages }: Route): readonly string[] | undefined {
  return publishedOn ?? stages;
}

/**
 * A gateway as a spec refers to it, with the stages that the routes are on, or the one (`stage`) that managed routes are
 * deployed to.
 */
export function gatewayInput(
  gateway: Gateway,
  { ref, movesAsOne }: GatewayKindTraits,
  routes: readonly Route[],
  isOurs: boolean,
  stage?: string,
): WrittenIntegration['gateway'] {
  if (!movesAsOne) {
    return { [ref]: gateway.id, ...defined({ stage }) } as WrittenIntegration['gateway'];
  }

  // A managed route is published again where a stage has an older version.
  const stagesOf = (route: Route) => (isOurs ? route.stages : callableOn(route));
  const every = [...new Set(routes.flatMap((route) => stagesOf(route) ?? []))].filter((stage) =>
    fits(cloudName, stage),
  );
  // Of routes on different stages only those are declared that all of them are published on.
  const shared = every.filter((stage) => routes.every((route) => stagesOf(route)?.includes(stage) === true));
  const stages = shared.length > 0 ? shared : every;
  return {
    [ref]: gateway.id,
    ...(stages.length === 0 ? {} : { stages: stages.toSorted() }),
  } as WrittenIntegration['gateway'];
}

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

/**
 * What deployed stages serve otherwise than the working copy, from which a spec is written, as text: a line for each
 * stage.
 */
export function stageDifferences(gateway: Gateway): readonly string[] {
  const routes = new Map(gateway.routes.map((route) => [route.id, route]));
  const differing = new Map<string, string[]>();
  for (const { kind, stage, id, routeIds, name, linkId, targetId } of gateway.uses ?? []) {
    if (kind !== 'route' || stage === undefined || linkId === undefined) continue;

    const route = routes.get(routeIds[0] ?? id);
    // What a variable names may differ from stage to stage.
    if (route?.variables !== undefined && route.variables.length > 0) continue;
    if (route?.linkId === linkId && (targetId === undefined || route.targetId === targetId)) continue;

    differing.set(stage, [...(differing.get(stage) ?? []), name]);
  }
  return [...differing].map(
    ([stage, names]) =>
      `stage ${stage} of ${gateway.id}: its deployment serves ${fewText(names)} otherwise than the working copy`,
  );
}
