import { COUNTED, fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import type { GatewayKindTraits } from '../../../do/kinds/gateway/gateway-traits.js';
import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import { mayChange } from '../../../do/model/marks.js';
import type { Route, RouteSettings } from '../../../do/model/route.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { Missing } from '../../../do/world/views.js';
import { routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { unreadGateway } from './unread.js';
import { settingsOf } from './declared-route.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

/** How a route of AWS gets an authorization. */
const GUARD = [
  "if takesKeys: Write authorizer (iam, or the ID of an authorizer) or apiKey: true at integrations.{integration}.routes.'{key}'.",
  'Attach an authorizer ({authorizers}) to {key} of {gatewayId}.',
] as const;

const CODES = {
  ROUTES_NOT_READ: unknown('{key} requires authorization'),
  ROUTE_NOT_READ: unknown('{key} requires authorization'),
  ROUTE_OPEN: fail('{key} of {gateway} has no authorization: every caller of the API reaches its private backend', [
    'if movesAsOne: Set the security authentication of API {key} to app authentication (or OpenID Connect), then publish it.',
    ...GUARD,
  ]),
  ROUTE_GUARDED: pass('{key} requires authorization: {authorization|type not read}'),
  GUARD_DECLARED: pass('the spec declares {guard} for {key}, and `postern apply` sets it'),
  OPENED_BY_APPLY: fail(
    'the spec declares no authorizer for {key} of {gateway}, and `postern apply` removes its authorization: every caller of the API then reaches its private backend',
    GUARD,
  ),
  NO_SUCH_ROUTE: fail(
    '{gateway} has no route {key}: every caller can connect, and reaches its private backends',
    'Create the route {key} of {gatewayId} with an authorizer ({authorizers}).',
  ),
  NEW_ROUTE_OPEN: fail(
    '{key} of {gateway} does not exist yet, and `postern apply` creates it without authorization: every caller of the API reaches its private backend',
    [
      'if movesAsOne: Run `postern apply`, then set the security authentication of API {key} to app authentication (or OpenID Connect) and publish it.',
      GUARD[0],
      'Run `postern apply`, then attach an authorizer ({authorizers}) to {key} of {gatewayId}.',
    ],
  ),
};

export const openRoute = defineCheck({
  id: 'gateway/open-route',
  severity: 'warning',
  title: 'Routes to private targets require authorization',
  about:
    'A route without authorization opens a private backend to every caller of the API. `postern apply` ' +
    'creates routes without authorization, unless the spec declares `authorizer` or `apiKey` for them. Later ' +
    'runs do not change an authorization that was added to a route and is not declared. An API key alone ' +
    'counts as an authorization, although it identifies callers only. The check does not see a resource ' +
    'policy, a firewall in front of the API or a check in the backend itself: if there is one, add an ' +
    '`ignore` entry for the finding.',
  codes: CODES,
  *run(input, say) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread === undefined) continue;

        for (const key of Object.keys(spec.routes)) {
          yield say.ROUTES_NOT_READ(aboutThings(name, thing('route', key)), { key }, unread);
        }
        continue;
      }

      const routes = routesByKey(link.region, gateway);
      const traits = link.region.clouds.gateway(gateway.kind);
      const { authorizedAt } = traits;
      for (const key of authorizedAt === undefined ? Object.keys(spec.routes) : [authorizedAt]) {
        const route = routes.get(key);
        // Most routes are guarded, and nothing is said of them.
        if (route?.open === false && !input.passes && !isOpened(route, settingsOf(spec, key))) {
          yield COUNTED;
          continue;
        }

        const about = aboutThings(name, thing('route', key));
        const declared = spec.owner === 'external' ? undefined : settingsOf(spec, key);
        if (route === undefined) {
          const missing = link.region.missing('gateways', gateway.id);
          if (!Object.hasOwn(spec.routes, key)) yield notThere(say, about, key, gateway, traits, missing);
          // Never created: `gateway/live-route` reports that it is missing.
          else if (spec.owner !== 'external') {
            yield isGuarded(declared)
              ? byApply(say, about, key, name, declared)
              : toBeMade(say, about, key, name, gateway, traits, missing);
          }
          continue;
        }
        if (mayChange(route.owner, input.spec) && isGuarded(declared)) {
          yield byApply(say, about, key, name, declared);
          continue;
        }
        if (mayChange(route.owner, input.spec) && route.open === false && isOpened(route, declared)) {
          yield say.OPENED_BY_APPLY(about, openParams(key, gateway, traits, name), [
            { kind: 'spec', id: `integrations.${name}.routes.${key}`, text: 'authorizer: none' },
          ]);
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
          yield say.ROUTE_NOT_READ(about, { key }, missing, evidence());
        } else if (route.open) {
          yield say.ROUTE_OPEN(about, openParams(key, gateway, traits, name, spec.owner), evidence());
        } else {
          yield say.ROUTE_GUARDED(about, { key, authorization: route.authorization }, evidence());
        }
      }
    }
  },
});

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
  say: Say<typeof CODES>,
  about: About,
  key: string,
  integration: string,
  { authorizer, apiKey }: RouteSettings = {},
): Outcome {
  const guards = [
    ...(authorizer === undefined || authorizer === 'none' ? [] : [`authorizer ${authorizer}`]),
    ...(apiKey === true ? ['an API key'] : []),
  ];
  const text = guards.join(' and ');
  return say.GUARD_DECLARED(about, { key, guard: text }, [
    { kind: 'spec', id: `integrations.${integration}.routes.${key}`, text },
  ]);
}

/** The route that decides for all others does not exist: then every caller may connect. */
function notThere(
  say: Say<typeof CODES>,
  about: About,
  key: string,
  gateway: Gateway,
  traits: GatewayKindTraits,
  missing: Missing | undefined,
): Outcome {
  const evidence = [{ kind: 'gateway', id: gateway.id, text: `has no route ${key}` }];
  if (missing !== undefined) return say.ROUTE_NOT_READ(about, { key }, missing, evidence);

  return say.NO_SUCH_ROUTE(
    about,
    {
      key,
      gateway: gateway.name || gateway.id,
      gatewayId: gateway.id,
      authorizers: traits.authorizers,
    },
    evidence,
  );
}

/** No adapter sets an authorization that the spec does not declare: only the owner can choose it. */
function toBeMade(
  say: Say<typeof CODES>,
  about: About,
  key: string,
  integration: string,
  gateway: Gateway,
  traits: GatewayKindTraits,
  missing: Missing | undefined,
): Outcome {
  const evidence = [{ kind: 'spec', id: `integrations.${integration}.routes.${key}`, text: 'does not exist yet' }];
  if (missing !== undefined) return say.ROUTE_NOT_READ(about, { key }, missing, evidence);

  return say.NEW_ROUTE_OPEN(about, openParams(key, gateway, traits, integration), evidence);
}

function openParams(
  key: string,
  gateway: Gateway,
  traits: GatewayKindTraits,
  integration: string,
  owner?: 'external' | undefined,
) {
  return {
    key,
    gateway: gateway.name || gateway.id,
    movesAsOne: traits.movesAsOne,
    gatewayId: gateway.id,
    integration,
    // Whether its routes can need an API key. No apply changes those of others.
    takesKeys: traits.settings.includes('apiKey') && owner !== 'external',
    // The authorizations that its routes can have.
    authorizers: traits.authorizers,
  };
}
