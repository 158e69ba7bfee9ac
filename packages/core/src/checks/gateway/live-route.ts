import { aboutThings, thing, type About } from '../../findings/subject.js';
import { deployedStage, movesAsOne, stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import { mayChange } from '../../model/marks.js';
import type { Route } from '../../model/route.js';
import { OF_THE_MARK, routeDifferences, type RouteDifference } from '../../world/routes/route-differences.js';
import { sidesOf } from '../../world/routes/setting-text.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../world/views.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import { servedOn } from '../../world/routes/served.js';
import { isMisnamed, isNew, unseen } from '../../world/link-facts.js';
import { servedText, unreadStages, BY_HAND_CODES } from './by-hand.js';
import { elsewhere } from './method-routes.js';
import { publishedDifferences } from './published-target.js';
import { routesByKey } from './routes-by-key.js';
import { onStages } from './on-stages.js';
import { wantedOf } from './wanted.js';
import { coveringRoutes, takingRoute } from './taking-route.js';
import { fewText } from '../../text/few-text.js';
import { unreadGateway, unreadTarget } from './unread.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../findings/say.js';
import type { Outcome } from '../../findings/check.js';

/** `gateway/live-route`. */
export const liveRoute = defineCheck({
  id: 'gateway/live-route',
  severity: 'error',
  title: 'Live routes match the spec',
  about:
    'Calls take the live route. The other checks evaluate the link and the target of the spec. `postern apply` never changes an integration of ' +
    '`owner: external`. A route of such an integration that is missing, or has another link or target, is therefore an error. A path that is ' +
    'overwritten or kept against the spec is a warning. What a stage serves counts: of an HTTP API or a REST API the deployment of the stage, as ' +
    'its export shows it, and of an API group the published version. Routes that were changed after that count with the next deployment only. ' +
    'The result is unknown where a deployment was not read. No call returns that of a WebSocket API, or that of a canary which is not the ' +
    'deployment of a stage. An integration of type HTTP needs a response of its own for the answers of its backend: without one, callers get ' +
    'status 500. The method that an integration sends may differ from that of the route, and the checks of the path take it. A routing plug-in of an API group calls ' +
    'a backend of its own where its condition holds, which is not evaluated. A route of this project that differs is a warning, ' +
    'since `postern apply` corrects it. Until then the verdicts hold for the state after `postern apply`. This check ignores routes that ' +
    '`postern apply` still has to create. `gateway/route-owner` checks routes of other owners.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi',
  ],
  codes: [
    ...BY_HAND_CODES,
    'ROUTES_NOT_READ',
    'ROUTED_BY_PLUGIN',
    'ROUTE_NOT_READ',
    'AS_DECLARED',
    'ROUTE_NOT_SEEN',
    'ROUTE_ABSENT',
    'METHOD_ELSEWHERE',
    'RESPONSE_LACKING',
    'ROUTE_DIFFERS',
  ],
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved, targets } = view;
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined)
        yield say.unknown(
          about,
          'ROUTES_NOT_READ',
          { integration: name },
          unread,
          (p) => `the routes of ${p.integration} match the spec`,
        );
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;
      if (isMisnamed(link)) continue; // `link/exists` reports it
      const differs: string[] = [];
      for (const target of targets) {
        for (const key of target.routeKeys) {
          const declared = { view, gateway, target, key };
          if (spec.owner === 'external') {
            yield* judgeServed(say, input, declared);
            if (isUndeployed(declared)) differs.push(key);
          } else {
            const there = routesByKey(link.region, gateway).get(key);
            if (there !== undefined && mayChange(there.owner, input.spec))
              yield* judgeRoute(say, input, declared, there);
          }
        }
      }
      yield* elsewhere(say, input, view, gateway);
      if (spec.owner === 'external') yield* unreadStages(say, view, gateway, about, differs);
    }
  },
});

interface Declared {
  readonly view: IntegrationView;
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly key: string;
}

function* judgeRoute(say: Say, input: CheckInput, declared: Declared, there: Route | undefined): Generator<Outcome> {
  const { view, gateway, target, key } = declared;
  const { name, link } = view;
  const about = aboutThings(name, thing('route', key));
  const missing = link.region.missing('gateways', gateway.id);
  if (there === undefined) {
    yield lacking(say, declared, about, missing);
    return;
  }
  if (target.unresolved?.verdict === 'fail') return;
  const evidence = [{ kind: 'route', id: there.id, text: `${key} of ${titleOf(gateway)}` }];
  if (target.unresolved !== undefined) {
    yield say.unknown(about, 'ROUTE_NOT_READ', { key }, unreadTarget(target.name, target.unresolved), (p) => ({
      whether: routeNotRead(p),
      evidence,
    }));
    return;
  }
  const routing = routedElsewhere(view, there);
  if (routing !== undefined)
    yield say.unknown(about, 'ROUTED_BY_PLUGIN', { key }, routing, (p) => ({
      whether: `all calls of ${p.key} reach its target`,
      evidence,
    }));
  const found = differences(input, declared, there);
  if ('what' in found)
    yield say.unknown(about, 'ROUTE_NOT_READ', { key }, found, (p) => ({ whether: routeNotRead(p), evidence }));
  else if (found.length === 0) {
    yield say.pass(
      about,
      'AS_DECLARED',
      () => ({ key, titleOf: titleOf(gateway) }),
      (p) => ({ message: asDeclared(p), evidence }),
    );
  } else if (missing !== undefined && found.every(({ from }) => from === null)) {
    yield say.unknown(about, 'ROUTE_NOT_READ', { key }, missing, (p) => ({ whether: routeNotRead(p), evidence }));
  } else yield other(say, declared, about, found, evidence);
}

/** An external route as each stage serves it. Where no deployment was read, or none exists, the current routes count. */
function* judgeServed(say: Say, input: CheckInput, declared: Declared): Generator<Outcome> {
  const { view, gateway, target, key } = declared;
  const served = servedOn(gateway, view.spec.gateway);
  const there =
    served.length === 0 ? routesByKey(view.link.region, gateway).get(key) : takingRoute(gateway.routes, key);
  const deployed = served.filter(({ routes }) => routes !== undefined && routes !== gateway.routes);
  if (deployed.length === 0) {
    // Only stages whose routes were not read: `unreadStages` reports them, unless variables show where each leads.
    const isUnread = served.length > 0 && served.every(({ routes }) => routes === undefined);
    const isKnown = (there?.variables ?? []).length > 0 || GATEWAY_KINDS[gateway.kind].exportedBy === undefined;
    if (!isUnread || (isKnown && !isUndeployed(declared))) yield* judgeRoute(say, input, declared, there);
    return;
  }
  const about = aboutThings(view.name, thing('route', key));
  if (target.unresolved?.verdict === 'fail') return;
  if (target.unresolved !== undefined) {
    yield say.unknown(about, 'ROUTE_NOT_READ', { key }, unreadTarget(target.name, target.unresolved), routeNotRead);
    return;
  }
  const known = served.flatMap((one) =>
    one.routes === undefined ? [] : [{ one, route: takingRoute(one.routes, key) }],
  );
  const evidence = known.map(({ one, route }) => ({
    kind: 'stage',
    id: servedText(one),
    text: route === undefined ? `serves no ${key}` : `serves ${key}`,
  }));
  const absent = known.filter(({ route }) => route === undefined).map(({ one }) => servedText(one));
  const covering = known.flatMap(({ one, route }) =>
    route === undefined ? coveringRoutes(one.routes ?? [], key).filter((other) => leads(declared, other)) : [],
  );
  if (absent.length > 0) yield lacking(say, declared, about, coveredBy(covering, key), absent);
  const found = known.flatMap(({ one, route }) =>
    route === undefined ? [] : differing(declared, route).map((each) => at(servedText(one), each)),
  );
  if (found.length > 0) yield other(say, declared, about, found, evidence);
  const failing = known.filter(({ route }) => route?.lacks !== undefined).map(({ one }) => servedText(one));
  if (failing.length > 0) {
    yield say.fail(
      about,
      'RESPONSE_LACKING',
      { key, titleOf: titleOf(gateway), stages: failing, gateway: gateway.id },
      (p) => ({
        message: `${p.key} of ${p.titleOf} has no response for status 200 of its backend on ${p.stages.join(', ')}: the calls get status 500`,
        remedy: `Ask the owner of ${p.gateway} to add an integration response and a method response to ${p.key}, or to use the integration type HTTP_PROXY, and to deploy to ${p.stages.join(', ')}.`,
        evidence,
      }),
    );
  }
  if (absent.length + found.length + failing.length === 0 && known.length === served.length) {
    yield say.pass(
      about,
      'AS_DECLARED',
      () => ({ key, titleOf: titleOf(gateway) }),
      (p) => ({ message: asDeclared(p), evidence }),
    );
  }
}

/** Plug-ins of type routing on the judged stages: their conditions are about calls, which no snapshot has. */
function routedElsewhere({ spec }: IntegrationView, { key, routedBy = {} }: Route): Missing | undefined {
  const named = stagesOf(spec.gateway);
  const found = Object.entries(routedBy).filter(([stage]) => named?.includes(stage) ?? true);
  if (found.length === 0) return undefined;
  const shown = fewText(found.map(([stage, plugins]) => `${plugins} (${stage})`));
  return {
    what: `which calls of ${key} meet a condition of ${shown}`,
    remedy: `Check the conditions and the backends of ${shown}, or detach the plug-in from ${key}.`,
  };
}

/** Whether a route leads to the declared target through the declared link. */
function leads(declared: Declared, route: Route): boolean {
  return differing(declared, route).every(({ field }) => field !== 'link' && field !== 'target');
}

/** The declared key has no route of its own, and others with the same target may get its calls. */
function coveredBy(routes: readonly Route[], key: string): Missing | undefined {
  if (routes.length === 0) return undefined;
  const keys = fewText([...new Set(routes.map((route) => route.key))]);
  const what = `whether the calls of ${key} match ${keys}, which ${routes.length === 1 ? 'has' : 'have'} the same target`;
  return { what, remedy: `Declare ${keys} in place of ${key}, or create a route ${key}.` };
}

/** Whether the current route is not as declared, where stages have other routes perhaps. */
function isUndeployed(declared: Declared): boolean {
  const there = routesByKey(declared.view.link.region, declared.gateway).get(declared.key);
  if (declared.target.unresolved !== undefined) return false;
  return there === undefined || (there.variables === undefined && differing(declared, there).length > 0);
}

/** The differences between a live route and the spec. Leaves out what other checks report. */
function differing({ view, gateway, target, key }: Declared, route: Route): readonly RouteDifference[] {
  const { name, spec } = view;
  return routeDifferences(route, wantedOf(view, target, key), name).filter(
    ({ field }) =>
      !OF_THE_MARK.has(field) &&
      // For an API group, `gateway/on-link` and `gateway/published` report these.
      !(field === 'link' && movesAsOne(gateway)) &&
      field !== 'stages' &&
      // No spec declares a method: the checks of the path take that of an external route.
      !(field === 'method' && spec.owner === 'external'),
  );
}

/** The differences between a live route and the spec, or the missing fact. */
function differences(input: CheckInput, declared: Declared, there: Route): readonly RouteDifference[] | Missing {
  const { view, gateway, key } = declared;
  const { spec } = view;
  const stages = stagesOf(spec.gateway);
  const found = differing(declared, there);
  const isExternal = spec.owner === 'external';
  if (movesAsOne(gateway)) {
    const published = publishedDifferences(input.spec, there, { found, stages });
    if (isExternal) return published;
    // A run publishes the draft, so unknown facts of a publication do not matter.
    return found.length > 0 || 'what' in published ? found : published;
  }
  if (!isExternal) return found;
  if (there.variables !== undefined && there.variables.length > 0) {
    const live = onStages(gateway, there, deployedStage(spec.gateway));
    return 'what' in live
      ? live
      : live.flatMap(({ stage, route }) => differing(declared, route).map((one) => at(stage, one)));
  }
  if (there.targetId?.includes('${') !== true) return found;
  return { what: `the stage variable in ${there.targetId}`, remedy: `Check the target of ${key} on each stage.` };
}

/** The same difference, of one stage. */
function at(stage: string, { field, ...values }: RouteDifference): RouteDifference {
  return { field: `${field} on ${stage}`, ...values };
}

function lacking(
  say: Say,
  { view, gateway, target, key }: Declared,
  about: About,
  missing: Missing | undefined,
  stages: readonly string[] = [],
): Outcome {
  const place = `integrations.${view.name}.routes`;
  const evidence = [{ kind: 'spec', id: `${place}.${key}`, text: `to ${target.name}` }];
  if (missing !== undefined)
    return say.unknown(about, 'ROUTE_NOT_SEEN', { key }, missing, (p) => ({
      whether: `route ${p.key} exists`,
      evidence,
    }));
  return say.fail(
    about,
    'ROUTE_ABSENT',
    {
      titleOf: titleOf(gateway),
      key,
      stages,
      gateway: gateway.id,
      target: target.target?.id ?? target.name,
      linkId: view.link.link?.id ?? view.link.name,
      integration: view.name,
    },
    (p) => ({
      message: `${p.stages.length === 0 ? '' : `${p.stages.join(', ')} of `}${p.titleOf} ${p.stages.length > 1 ? 'have' : 'has'} no route ${p.key}: its calls get 404, or the response of another route`,
      remedy: `Ask the owner of ${p.gateway} to recreate ${p.key} with target ${p.target} and link ${p.linkId}${p.stages.length === 0 ? '' : `, and to deploy to ${p.stages.join(', ')}`}, or remove it from integrations.${p.integration}.routes.`,
      evidence: [...evidence, { kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
    }),
  );
}

function other(
  say: Say,
  { view, gateway, key }: Declared,
  about: About,
  found: readonly RouteDifference[],
  evidence: Outcome['evidence'],
): Outcome {
  const isExternal = view.spec.owner === 'external';
  const sides = found.map((one) => sidesOf(one));
  const text = sides.map(({ label, from, to }) => `${label} is ${from}, declared is ${to}`);
  const onlyPath = found.every(({ field }) => /^path(?: on |$)/.test(field));
  const wanted = sides.map(({ label, to }) => `${label} ${to}`);
  return say.fail(
    about,
    'ROUTE_DIFFERS',
    {
      key,
      titleOf: titleOf(gateway),
      differences: text,
      isExternal,
      gateway: gateway.id,
      wanted,
      integration: view.name,
    },
    (p) => ({
      message: `${p.key} of ${p.titleOf} differs from the spec: ${p.differences.join('; ')}${p.isExternal ? '' : '. The verdicts hold for the state after `postern apply`'}`,
      remedy: p.isExternal
        ? `Ask the owner of ${p.gateway} to change ${p.key}: ${p.wanted.join(', ')}. Or declare the current state under integrations.${p.integration}.`
        : `Run \`postern apply\`: it changes ${p.key}.`,
      mendedBy: p.isExternal ? undefined : 'apply',
      evidence: [...evidence, ...sides.map(({ label, from }) => ({ kind: `live ${label}`, id: from, text: key }))],
      ...(onlyPath || !isExternal ? { severity: 'warning' as const } : {}),
    }),
  );
}

function titleOf({ id, name }: Gateway): string {
  return name === '' ? id : `${name} (${id})`;
}

function routeNotRead({ key }: { readonly key: string }): string {
  return `${key} matches the spec`;
}

function asDeclared({ key, titleOf }: { readonly key: string; readonly titleOf: string }): string {
  return `${key} of ${titleOf} matches the spec`;
}
