import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { entryOf } from '../../../ground/json.js';
import { gatewayId, settingsOfRoute, stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import { targetText } from '../../../do/kinds/id-kinds.js';
import type { RouteSettings, Route } from '../../../do/model/route.js';
import type { IntegrationSpec } from '../../../do/spec.js';
import type { WantedRoute } from '../../../do/world/routes/route-differences.js';
import type { IntegrationView, TargetView, CheckInput, Missing } from '../../../do/world/views.js';
import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import type { Outcome } from '../../../do/findings/check.js';
import { routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { unreadGateway } from './unread.js';
import type { Gateway, GatewayUse } from '../../../do/model/gateway.js';

/** A declared route, for the comparison with an existing one. */
export function wantedOf(
  { spec, link }: IntegrationView,
  { spec: declared, target }: TargetView,
  key: string,
): WantedRoute {
  return {
    link: link.name,
    linkId: link.link?.id,
    key,
    target,
    targetText: targetText(declared.ref),
    tls: declared.tls,
    path: declared.path ?? 'overwrite',
    settings: settingsOfRoute(gatewayTraits(link.region.clouds, spec.gateway), spec.settings, key),
    stages: stagesOf(spec.gateway),
  };
}

/** The settings that a spec declares for a route. */
export function settingsOf({ settings }: Pick<IntegrationSpec, 'settings'>, key: string): RouteSettings | undefined {
  return entryOf(settings, key);
}

/**
 * The outcomes of `judge` for each declared route that exists, of gateways whose routes are published one by one. For one that could not be read it yields `notRead`, which
 * gets the integration's name.
 */
export function* ofRoutesThere(
  { integrations }: Pick<CheckInput, 'integrations'>,
  notRead: (about: About, integration: string, missing: Missing) => Outcome,
  judge: (view: IntegrationView, route: Route) => Iterable<Outcome>,
): Generator<Outcome> {
  for (const view of integrations) {
    const { name, spec, gateway, link, unresolved, targets } = view;
    if (gatewayTraits(link.region.clouds, spec.gateway).publishedTo === undefined) continue;
    if (gateway === undefined) {
      const unread = unreadGateway(link.region, spec.gateway, unresolved);
      const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
      if (unread !== undefined) yield notRead(about, name, unread);
      continue;
    }

    const routesOfGateway = routesByKey(link.region, gateway);
    for (const { routeKeys } of targets) {
      for (const key of routeKeys) {
        const route = routesOfGateway.get(key);
        if (route !== undefined) yield* judge(view, route);
      }
    }
  }
}

/**
 * A route whose link or target is named by stage variables, as it is on each stage, or on one that is `named`; the missing fact where
 * the values of a stage could not be read.
 */
export function onStages(
  gateway: Gateway,
  route: Route,
  named: string | undefined,
): readonly { readonly stage: string; readonly route: Route }[] | Missing {
  const live: { readonly stage: string; readonly route: Route }[] = [];
  for (const { name: stage } of gateway.stages) {
    if (named !== undefined && stage !== named) continue;

    const use = useOn(gateway, route, stage);
    if (use === undefined) {
      return {
        what: `the values of ${(route.variables ?? []).join(', ')} on stage ${stage}`,
        remedy: `Check the variables of stage ${stage} of ${gateway.id}, by which ${route.key} names its link or target.`,
      };
    }

    const { linkId = route.linkId, targetId = route.targetId } = use;
    live.push({ stage, route: { ...route, linkId, targetId } });
  }
  return live;
}

/** What a route uses on a stage, with the values of its variables there. */
export function useOn({ uses }: Gateway, { id }: Route, stage: string): GatewayUse | undefined {
  return uses?.find(
    (use) => use.kind === 'route' && use.stage === stage && (use.id === id || use.routeIds.includes(id)),
  );
}
