import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { openRouteWords } from './words/open-route.words.js';
import { aboutThings, thing, type About } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import type { Missing } from '../../world/views.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';

const { fails, holds, unsure } = stating<(typeof openRouteWords)['says']>();

/** `gateway/open-route`. */
export const openRoute: Judgement = {
  id: 'gateway/open-route',
  severity: 'warning',
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread === undefined) continue;
        for (const key of Object.keys(spec.routes)) {
          yield unsure(aboutThings(name, thing('route', key)), 'ROUTES_NOT_READ', { key }, unread);
        }
        continue;
      }
      const routes = routesByKey(gateway);
      for (const key of Object.keys(spec.routes)) {
        const route = routes.get(key);
        const about = aboutThings(name, thing('route', key));
        if (route === undefined) {
          if (spec.owner === 'external') continue; // never created: `gateway/live-route` reports that it is missing
          yield toBeMade(about, key, name, gateway, link.region.missing('gateways', gateway.id));
          continue;
        }
        const evidence = () => [
          {
            kind: 'route',
            id: route.id,
            text: `${key} of ${gateway.name || gateway.id}: ${route.authorization ?? 'authorization not read'}`,
          },
        ];
        if (route.open === undefined) {
          const missing = link.region.missing('gateways', gateway.id) ?? {
            what: `the authorization of ${key}`,
            remedy: `Check the authorization of ${key} in ${gateway.name || gateway.id}.`,
          };
          yield unsure(about, 'ROUTE_NOT_READ', { key }, missing, { evidence: evidence() });
        } else if (route.open) {
          yield fails(about, 'ROUTE_OPEN', {
            params: openParams(key, gateway),
            evidence: evidence(),
          });
        } else {
          yield holds(input, about, 'ROUTE_GUARDED', () => ({
            params: { key, authorization: route.authorization },
            evidence: evidence(),
          }));
        }
      }
    }
  },
};

/** Neither adapter sets the authorization of a route that it creates: only the owner can choose it. */
function toBeMade(
  about: About,
  key: string,
  integration: string,
  gateway: Gateway,
  missing: Missing | undefined,
): Statement {
  const evidence = [{ kind: 'spec', id: `integrations.${integration}.routes.${key}`, text: 'does not exist yet' }];
  if (missing !== undefined) return unsure(about, 'ROUTE_NOT_READ', { key }, missing, { evidence });
  return fails(about, 'NEW_ROUTE_OPEN', {
    params: openParams(key, gateway),
    evidence,
  });
}

function openParams(key: string, gateway: Gateway) {
  return { key, gateway: gateway.name || gateway.id, movesAsOne: movesAsOne(gateway), gatewayId: gateway.id };
}
