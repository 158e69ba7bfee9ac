import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import { cloudName } from '../schema/fields.js';
import { fits } from './fits.js';
import type { WrittenIntegration } from './spec-members.js';

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
    return { [ref]: gateway.id, ...(stage === undefined ? {} : { stage }) } as WrittenIntegration['gateway'];
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
