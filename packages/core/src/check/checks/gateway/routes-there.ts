import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Route } from '../../../do/model/route.js';
import type { CheckInput, IntegrationView, Missing } from '../../../do/world/views.js';
import type { Outcome } from '../../../do/findings/check.js';
import { routesByKey } from '../../../do/world/routes/routes-by-key.js';
import { unreadGateway } from './unread.js';

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
    if (link.region.clouds.gatewayOf(spec.gateway).publishedTo === undefined) continue;
    if (gateway === undefined) {
      const unread = unreadGateway(link.region, spec.gateway, unresolved);
      const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
      if (unread !== undefined) yield notRead(about, name, unread);
      continue;
    }
    const there = routesByKey(link.region, gateway);
    for (const { routeKeys } of targets) {
      for (const key of routeKeys) {
        const route = there.get(key);
        if (route !== undefined) yield* judge(view, route);
      }
    }
  }
}
