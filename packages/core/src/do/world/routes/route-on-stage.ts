import { fill } from '../../../ground/text/template.js';
import type { Gateway } from '../../model/gateway.js';
import type { RouteSettings, Route } from '../../model/route.js';
import type { Missing, RegionIndex } from '../views.js';
import { calledDifferences, type RouteDifference } from './route-differences.js';
import { type DeployedRoute, takingRoute } from './route-input.js';
import type { StageRoutes } from './deployed-routes.js';
import { madeOnce, type DerivedOwner } from '../derived.js';

/**
 * What callers of a stage get in place of a declared route: `same` as declared; another target, link or setting; nothing
 * (`absent`: 404, or another route); or the fact without which that cannot be determined.
 */
export type RouteOnStage =
  | { readonly is: 'same' }
  | { readonly is: 'different'; readonly differences: readonly RouteDifference[] }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown'; readonly missing: Missing };

/** Settings that no deployment shows: who may call a route is read of the working copy alone. */
export const NOT_SHOWN: ReadonlySet<string> = new Set<keyof RouteSettings>([
  'authorizer',
  'scopes',
  'apiKey',
  'throttle',
]);

/**
 * What a stage, or its canary, serves in place of a declared route. The only judge of that: the mark of a deployment says what
 * was declared when it was made, and its routes say what calls get.
 */
export function routeOnStage(
  region: Pick<RegionIndex, 'missing' | 'derived' | 'clouds'>,
  gateway: Gateway,
  on: StageRoutes,
  wanted: DeployedRoute,
): RouteOnStage {
  if (on.routes === undefined) return { is: 'unknown', missing: unreadDeployment(region, gateway, [on]) };

  const route = takingRoute(routesByKey(region, on), wanted.key);
  if (route === undefined) return { is: 'absent' };

  const differences = calledDifferences(route, on.isDeployed === true ? shown(wanted) : wanted);
  return differences.length === 0 ? { is: 'same' } : { is: 'different', differences };
}

/** A declared route without the settings that no deployment shows. */
function shown({ settings, ...route }: DeployedRoute): DeployedRoute {
  if (settings === undefined) return route;

  return { ...route, settings: Object.fromEntries(Object.entries(settings).filter(([name]) => !NOT_SHOWN.has(name))) };
}

/** Why it is not known what some stages serve: deployments that were not read. */
export function unreadDeployment(
  region: Pick<RegionIndex, 'missing' | 'clouds'>,
  { id, kind }: Gateway,
  unread: readonly [StageRoutes, ...StageRoutes[]],
): Missing {
  // No call shows what a canary serves.
  const { stage, canaryPercent } = unread.find((one) => one.canaryPercent !== undefined) ?? unread[0];
  const gap = region.missing('gateways', `${id}/${stage.name}`);
  if (gap !== undefined) return gap;

  const names = unread.map(stageText).join(', ');
  const what = `the deployment of ${names}`;
  if (canaryPercent !== undefined)
    return { what, remedy: `Promote the canary of stage ${stage.name} of ${id}, or remove it.` };

  const { exportedBy } = region.clouds.gateway(kind);
  const command = exportedBy && fill(exportedBy, { gateway: id, stage: stage.name });
  return {
    what,
    remedy:
      command === undefined
        ? `Compare the deployment of ${names} with the current routes in the console, or deploy to the stage.`
        : `Take the snapshot again with \`postern snapshot\`, which reads it. Or export the deployed routes of ${names} (${command}) and compare them with the spec.`,
  };
}

/** `prod`; `the canary of prod (20 % of the calls)`. */
export function stageText({ stage, canaryPercent }: StageRoutes): string {
  return canaryPercent === undefined ? stage.name : `the canary of ${stage.name} (${canaryPercent} % of the calls)`;
}

/** The routes of a gateway, or those that a stage serves, by key. Created once for each list of routes. */
export function routesByKey(
  region: DerivedOwner,
  { routes }: { readonly routes?: readonly Route[] | undefined },
): ReadonlyMap<string, Route> {
  return routes === undefined ? new Map() : madeOnce(region, 'routes by key', routes, () => keyed(routes));
}

/** Routes by key; of two with one key the first counts, as it does for plans. */
export function keyed(routes: readonly Route[]): ReadonlyMap<string, Route> {
  const made = new Map<string, Route>();
  for (const route of routes) if (!made.has(route.key)) made.set(route.key, route);
  return made;
}
