import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { routesOfStage } from '../../do/world/routes/deployed-routes.js';
import { deployedRoute } from '../../do/world/routes/deploy-mark.js';
import { calledDifferences } from '../../do/world/routes/route-differences.js';
import { keyed, NOT_SHOWN, stageText } from '../../do/world/routes/route-on-stage.js';
import type { Choose } from '../draft/choice.js';

/** A snapshot, and the same with the routes that callers of its gateways get. */
export interface Served {
  readonly checked: Snapshot;
  readonly called: Snapshot;
}

/**
 * What gateways serve whose routes need a deployment: a change that no deployment has taken does not count. Where stages serve different
 * routes, each deployment is judged, as if all of them had it.
 */
export function servedIn(snapshot: Snapshot, clouds: Clouds, choose: Choose): Served {
  const changed = (change: (gateway: Gateway) => Gateway, from: Snapshot): Snapshot => ({
    ...from,
    regions: from.regions.map((region) => ({
      ...region,
      gateways: region.gateways.map((one) => (clouds.gateway(one.kind).routesNeedDeployment ? change(one) : one)),
    })),
  });
  const checked = changed((gateway) => onOneDeployment(gateway, choose), snapshot);
  return { checked, called: changed(asDeployed, checked) };
}

function onOneDeployment(gateway: Gateway, choose: Choose): Gateway {
  const all = gateway.stages.flatMap((stage) => routesOfStage(gateway, stage));
  const [first] = all;
  if (first === undefined || all.every(({ routes }) => mayBeSame(first.routes, routes))) return gateway;

  const names = all.map((one) => (one.canaryPercent === undefined ? `stage ${one.stage.name}` : stageText(one)));
  const alternatives = names.map((one) => [one]);
  const [name] = choose({ address: gateway.id, attribute: 'deployment', alternatives, more: undefined, every: true });
  const { stage, isDeployed, routes = [], denies, endpoint } = all[names.indexOf(name ?? '')] ?? first;
  const one = isDeployed
    ? { autoDeploy: false, deploymentId: stage.deploymentId, served: { routes, denies, endpoint } }
    : { autoDeploy: true };
  const stages = gateway.stages.map((other) =>
    routesOfStage(gateway, other).length === 0 ? other : { ...other, ...one, canary: undefined },
  );
  return { ...gateway, stages };
}

/** Of deployments that were not read it is found elsewhere. */
function mayBeSame(some: readonly Route[] | undefined, others: readonly Route[] | undefined): boolean {
  if (some === undefined || others === undefined) return true;

  const [one, other] = [privateOf(some), privateOf(others)];
  return one.size === other.size && [...one.values()].every((route) => isSame(route, other.get(route.key)));
}

function privateOf(routes: readonly Route[]): ReadonlyMap<string, Route> {
  return keyed(routes.filter(({ linkId }) => linkId !== undefined));
}

/** A route that the deployment lacks stays: that no stage serves it is a finding. */
function asDeployed(gateway: Gateway): Gateway {
  const all = gateway.stages.flatMap((stage) => routesOfStage(gateway, stage));
  const [{ routes = undefined } = {}] = all;
  if (routes === undefined || all.some((one) => one.isDeployed !== true || one.routes === undefined)) return gateway;

  const live = keyed(gateway.routes);
  const deployed = keyed(routes);
  return {
    ...gateway,
    routes: [
      ...routes.map((one) => asLive(one, live.get(one.key))),
      ...gateway.routes.filter(({ key }) => !deployed.has(key)),
    ],
  };
}

/** A served route, with what no deployment shows. */
function asLive(route: Route, live: Route | undefined): Route {
  if (live === undefined) return route;

  const { id, owner, integrationId, settings = {} } = live;
  const hidden = Object.entries(settings).filter(([name]) => NOT_SHOWN.has(name));
  return {
    ...route,
    id,
    owner,
    ...(isSame(live, route) ? { integrationId } : {}),
    settings: { ...route.settings, ...Object.fromEntries(hidden) },
  };
}

function isSame(one: Route, other: Route | undefined): boolean {
  if (other === undefined) return false;

  return calledDifferences(one, { ...deployedRoute(other), settings: other.settings }).length === 0;
}
