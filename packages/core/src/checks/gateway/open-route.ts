import { PASSED, stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { openRouteWords } from './words/open-route.words.js';
import { aboutThings, thing, type About } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import { mayChange } from '../../model/marks.js';
import type { Route, RouteSettings } from '../../model/route.js';
import type { Gateway } from '../../model/gateway.js';
import type { CheckInput, Missing } from '../../world/views.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';
import { settingsOf } from './wanted.js';

const { fails, holds, unsure } = stating<(typeof openRouteWords)['says']>();

/** `gateway/open-route`. */
export const openRoute: Judgement = {
  id: 'gateway/open-route',
  severity: 'warning',
  run(input) {
    const said: Statement[] = [];
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread === undefined) continue;
        for (const key of Object.keys(spec.routes)) {
          said.push(unsure(aboutThings(name, thing('route', key)), 'ROUTES_NOT_READ', { key }, unread));
        }
        continue;
      }
      const routes = routesByKey(link.region, gateway);
      const { authorizedAt } = GATEWAY_KINDS[gateway.kind];
      for (const key of authorizedAt === undefined ? Object.keys(spec.routes) : [authorizedAt]) {
        const route = routes.get(key);
        // Most routes are guarded, and nothing is said of them.
        if (route?.open === false && !input.passes && !isOpened(route, settingsOf(spec, key))) {
          said.push(PASSED);
          continue;
        }
        const about = aboutThings(name, thing('route', key));
        const declared = spec.owner === 'external' ? undefined : settingsOf(spec, key);
        if (route === undefined) {
          const missing = link.region.missing('gateways', gateway.id);
          if (!Object.hasOwn(spec.routes, key)) said.push(notThere(about, key, gateway, missing));
          // Never created: `gateway/live-route` reports that it is missing.
          else if (spec.owner !== 'external') {
            said.push(
              isGuarded(declared)
                ? byApply(input, about, key, name, declared)
                : toBeMade(about, key, name, gateway, missing),
            );
          }
          continue;
        }
        if (mayChange(route.owner, input.spec) && isGuarded(declared)) {
          said.push(byApply(input, about, key, name, declared));
          continue;
        }
        if (mayChange(route.owner, input.spec) && route.open === false && isOpened(route, declared)) {
          said.push(
            fails(about, 'OPENED_BY_APPLY', {
              params: openParams(key, gateway, name),
              evidence: [{ kind: 'spec', id: `integrations.${name}.routes.${key}`, text: 'authorizer: none' }],
            }),
          );
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
          said.push(unsure(about, 'ROUTE_NOT_READ', { key }, missing, { evidence: evidence() }));
        } else if (route.open) {
          said.push(
            fails(about, 'ROUTE_OPEN', {
              params: openParams(key, gateway, name),
              evidence: evidence(),
            }),
          );
        } else {
          said.push(
            holds(input, about, 'ROUTE_GUARDED', () => ({
              params: { key, authorization: route.authorization },
              evidence: evidence(),
            })),
          );
        }
      }
    }
    return said;
  },
};

/** Whether the settings of a route, as declared, let no call through without an authorization or a key. */
function isGuarded({ authorizer, apiKey }: RouteSettings = {}): boolean {
  return (authorizer !== undefined && authorizer !== 'none') || apiKey === true;
}

/** Whether a plan removes the authorization of a route, and it needs no API key then. */
function isOpened({ settings }: Route, { authorizer, apiKey = settings?.apiKey }: RouteSettings = {}): boolean {
  return authorizer === 'none' && apiKey !== true;
}

/** A plan sets the declared authorizer; `gateway/live-route` reports where the route has another one now. */
function byApply(
  input: CheckInput,
  about: About,
  key: string,
  integration: string,
  { authorizer, apiKey }: RouteSettings = {},
): Statement {
  const guards = [
    ...(authorizer === undefined || authorizer === 'none' ? [] : [`authorizer ${authorizer}`]),
    ...(apiKey === true ? ['an API key'] : []),
  ];
  const text = guards.join(' and ');
  return holds(input, about, 'GUARD_DECLARED', () => ({
    params: { key, guard: text },
    evidence: [{ kind: 'spec', id: `integrations.${integration}.routes.${key}`, text }],
  }));
}

/** The route that decides for all others does not exist: then every caller may connect. */
function notThere(about: About, key: string, gateway: Gateway, missing: Missing | undefined): Statement {
  const evidence = [{ kind: 'gateway', id: gateway.id, text: `has no route ${key}` }];
  if (missing !== undefined) return unsure(about, 'ROUTE_NOT_READ', { key }, missing, { evidence });
  return fails(about, 'NO_SUCH_ROUTE', {
    params: {
      key,
      gateway: gateway.name || gateway.id,
      gatewayId: gateway.id,
      authorizers: GATEWAY_KINDS[gateway.kind].authorizers,
    },
    evidence,
  });
}

/** No adapter sets an authorization that the spec does not declare: only the owner can choose it. */
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
    params: openParams(key, gateway, integration),
    evidence,
  });
}

function openParams(key: string, gateway: Gateway, integration: string) {
  return {
    key,
    gateway: gateway.name || gateway.id,
    movesAsOne: movesAsOne(gateway),
    gatewayId: gateway.id,
    integration,
    takesKeys: GATEWAY_KINDS[gateway.kind].settings.includes('apiKey'),
    authorizers: GATEWAY_KINDS[gateway.kind].authorizers,
  };
}
