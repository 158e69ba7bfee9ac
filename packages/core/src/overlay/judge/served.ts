import { canonicalJson } from '../../ground/hash.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Route, RouteSettings } from '../../do/model/route.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { routesOfStage } from '../../do/world/routes/deployed-routes.js';
import { deployedRoute } from '../../do/world/routes/deploy-mark.js';
import { keyed, NOT_SHOWN, stageText } from '../../do/world/routes/route-on-stage.js';
import type { Choose } from '../draft/choice.js';

/**
 * What gateways serve whose routes need a deployment: a change that no deployment has taken does not count. Where stages serve different
 * routes, each deployment is judged, as if all of them had it.
 */
export function servedIn(
  snapshot: Snapshot,
  clouds: Clouds,
  choose: Choose,
): { readonly checked: Snapshot; readonly called: Snapshot } {
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
  const texts = new Set(all.flatMap(({ routes }) => (routes === undefined ? [] : privateText(routes))));
  const [first] = all;
  // Of deployments that were not read it is found elsewhere.
  if (first === undefined || texts.size < 2) return gateway;

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

/** Where routes lead into networks. */
function privateText(routes: readonly Route[]): string {
  const led = routes.filter(({ linkId }) => linkId !== undefined);
  return canonicalJson(
    led.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map((one) => [deployedRoute(one), chosen(one.settings, true)]),
  );
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

  const { id, owner, integrationId, settings } = live;
  const isSame = canonicalJson(deployedRoute(live)) === canonicalJson(deployedRoute(route));
  return {
    ...route,
    id,
    owner,
    ...(isSame && { integrationId }),
    settings: { ...chosen(settings, false), ...chosen(route.settings, true) },
  };
}

/** The settings that a deployment shows, or the others. */
function chosen(settings: RouteSettings = {}, isShown: boolean): RouteSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => NOT_SHOWN.has(name) !== isShown));
}
