import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import type { RegionIndex } from '../../do/world/views.js';
import { deployedRoute } from '../../do/world/routes/deploy-mark.js';
import { routesOfStage, type StageRoutes } from '../../do/world/routes/deployed-routes.js';
import { routeOnStage } from '../../do/world/routes/route-on-stage.js';
import { routeKeyFault } from '../check/check-route.js';
import { callableOn } from './gateway-input.js';

/** Whether a spec takes a key: routes of others may match paths in ways that no route of a spec can. */
export function isKey(traits: GatewayKindTraits, key: string, isExternal: boolean): boolean {
  return isExternal ? traits.keys.test(key) : routeKeyFault(traits, key) === undefined;
}

/** Whether a spec can declare an unmarked route as it is, and its adoption changes nothing that calls see. */
export function isAdoptable(index: RegionIndex, gateway: Gateway, route: Route): boolean {
  const { key, owner, method, variables = [], stages = [] } = route;
  if (!isKey(index.clouds.gateway(gateway.kind), key, false)) return false;

  const callable = callableOn(route);
  // An adopted route is published as it is on each stage of its integration, and on one at least.
  const isPublished =
    callable === undefined || (callable.length > 0 && callable.every((stage) => stages.includes(stage)));
  return (
    owner === undefined &&
    method === undefined &&
    variables.length === 0 &&
    isPublished &&
    isServed(index, gateway, route)
  );
}

/** Whether each stage shows a route as the working copy has it: else its adoption would deploy the API, with what others changed. */
function isServed(index: RegionIndex, gateway: Gateway, route: Route): boolean {
  if (!index.clouds.gateway(gateway.kind).routesNeedDeployment) return true;

  const wanted = deployedRoute(route);
  const shows = (on: StageRoutes): boolean =>
    on.canaryPercent !== undefined || !['absent', 'different'].includes(routeOnStage(index, gateway, on, wanted).is);
  return gateway.stages
    .filter(({ autoDeploy }) => !autoDeploy)
    .every((stage) => stage.deploymentId !== undefined && routesOfStage(gateway, stage).every(shows));
}

/** Why a spec does not adopt routes, as text. */
export function notAdopted(
  gateway: Gateway,
  { stageIsNamed }: GatewayKindTraits,
  routes: readonly Route[],
): string | undefined {
  if (stageIsNamed === true && onlyStage(gateway) === undefined)
    return `the API has ${gateway.stages.length} stages, and a spec names one; write \`stage\` and \`adopt: true\` in place of \`owner: external\``;

  const shared = new Set(routes.flatMap(({ integrationId }) => integrationId ?? []));
  const other = gateway.routes.find(
    ({ key, integrationId = '' }) => shared.has(integrationId) && !routes.some((one) => one.key === key),
  );
  return other && `${other.key} uses the same integration ${other.integrationId}, and is not declared beside them`;
}

/** The stage of an API that has one: routes that are adopted are deployed there. */
export function onlyStage({ stages }: Gateway): string | undefined {
  return stages.length === 1 ? stages[0]?.name : undefined;
}
