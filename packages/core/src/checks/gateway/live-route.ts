import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { liveRouteWords } from './words/live-route.words.js';
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
import { servedText, unreadStages } from './by-hand.js';
import { elsewhere } from './method-routes.js';
import { publishedDifferences } from './published-target.js';
import { routesByKey } from './routes-by-key.js';
import { onStages } from './on-stages.js';
import { wantedOf } from './wanted.js';
import { coveringRoutes, takingRoute } from './taking-route.js';
import { fewText } from '../../text/few-text.js';
import { unreadGateway, unreadTarget } from './unread.js';

const { fails, holds, unsure } = stating<(typeof liveRouteWords)['says']>();

/** `gateway/live-route`. */
export const liveRoute: Judgement = {
  id: 'gateway/live-route',
  severity: 'error',
  *run(input) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved, targets } = view;
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined) yield unsure(about, 'ROUTES_NOT_READ', { integration: name }, unread);
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;
      if (isMisnamed(link)) continue; // `link/exists` reports it
      const differs: string[] = [];
      for (const target of targets) {
        for (let at = 0; at < target.routeKeys.length; at += 1) {
          const key = target.routeKeys[at] as string;
          const declared = { view, gateway, target, key };
          if (spec.owner === 'external') {
            yield* judgeServed(input, declared);
            if (isUndeployed(declared)) differs.push(key);
          } else {
            const there = routesByKey(link.region, gateway).get(key);
            if (there !== undefined && mayChange(there.owner, input.spec)) yield* judgeRoute(input, declared, there);
          }
        }
      }
      yield* elsewhere(input, view, gateway);
      if (spec.owner === 'external') yield* unreadStages(view, gateway, about, differs);
    }
  },
};

interface Declared {
  readonly view: IntegrationView;
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly key: string;
}

function* judgeRoute(input: CheckInput, declared: Declared, there: Route | undefined): Generator<Statement> {
  const { view, gateway, target, key } = declared;
  const { name, link } = view;
  const about = aboutThings(name, thing('route', key));
  const missing = link.region.missing('gateways', gateway.id);
  if (there === undefined) {
    yield lacking(declared, about, missing);
    return;
  }
  if (target.unresolved?.verdict === 'fail') return;
  const evidence = [{ kind: 'route', id: there.id, text: `${key} of ${titleOf(gateway)}` }];
  if (target.unresolved !== undefined) {
    yield unsure(about, 'ROUTE_NOT_READ', { key }, unreadTarget(target.name, target.unresolved), { evidence });
    return;
  }
  const routing = routedElsewhere(view, there);
  if (routing !== undefined) yield unsure(about, 'ROUTED_BY_PLUGIN', { key }, routing, { evidence });
  const found = differences(input, declared, there);
  if ('what' in found) yield unsure(about, 'ROUTE_NOT_READ', { key }, found, { evidence });
  else if (found.length === 0) {
    yield holds(input, about, 'AS_DECLARED', () => ({ params: { key, titleOf: titleOf(gateway) }, evidence }));
  } else if (missing !== undefined && found.every(({ from }) => from === null)) {
    yield unsure(about, 'ROUTE_NOT_READ', { key }, missing, { evidence });
  } else yield other(declared, about, found, evidence);
}

/** An external route as each stage serves it. Where no deployment was read, or none exists, the current routes count. */
function* judgeServed(input: CheckInput, declared: Declared): Generator<Statement> {
  const { view, gateway, target, key } = declared;
  const served = servedOn(gateway, view.spec.gateway);
  const there =
    served.length === 0 ? routesByKey(view.link.region, gateway).get(key) : takingRoute(gateway.routes, key);
  const deployed = served.filter(({ routes }) => routes !== undefined && routes !== gateway.routes);
  if (deployed.length === 0) {
    // Only stages whose routes were not read: `unreadStages` reports them, unless variables show where each leads.
    const isUnread = served.length > 0 && served.every(({ routes }) => routes === undefined);
    const isKnown = (there?.variables ?? []).length > 0 || GATEWAY_KINDS[gateway.kind].exportedBy === undefined;
    if (!isUnread || (isKnown && !isUndeployed(declared))) yield* judgeRoute(input, declared, there);
    return;
  }
  const about = aboutThings(view.name, thing('route', key));
  if (target.unresolved?.verdict === 'fail') return;
  if (target.unresolved !== undefined) {
    yield unsure(about, 'ROUTE_NOT_READ', { key }, unreadTarget(target.name, target.unresolved));
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
  if (absent.length > 0) yield lacking(declared, about, coveredBy(covering, key), absent);
  const found = known.flatMap(({ one, route }) =>
    route === undefined ? [] : differing(declared, route).map((each) => at(servedText(one), each)),
  );
  if (found.length > 0) yield other(declared, about, found, evidence);
  const failing = known.filter(({ route }) => route?.lacks !== undefined).map(({ one }) => servedText(one));
  if (failing.length > 0) {
    yield fails(about, 'RESPONSE_LACKING', {
      params: { key, titleOf: titleOf(gateway), stages: failing, gateway: gateway.id },
      evidence,
    });
  }
  if (absent.length + found.length + failing.length === 0 && known.length === served.length) {
    yield holds(input, about, 'AS_DECLARED', () => ({ params: { key, titleOf: titleOf(gateway) }, evidence }));
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
  { view, gateway, target, key }: Declared,
  about: About,
  missing: Missing | undefined,
  stages: readonly string[] = [],
): Statement {
  const place = `integrations.${view.name}.routes`;
  const evidence = [{ kind: 'spec', id: `${place}.${key}`, text: `to ${target.name}` }];
  if (missing !== undefined) return unsure(about, 'ROUTE_NOT_SEEN', { key }, missing, { evidence });
  return fails(about, 'ROUTE_ABSENT', {
    params: {
      titleOf: titleOf(gateway),
      key,
      stages,
      gateway: gateway.id,
      target: target.target?.id ?? target.name,
      linkId: view.link.link?.id ?? view.link.name,
      integration: view.name,
    },
    evidence: [...evidence, { kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
  });
}

function other(
  { view, gateway, key }: Declared,
  about: About,
  found: readonly RouteDifference[],
  evidence: Statement['evidence'],
): Statement {
  const isExternal = view.spec.owner === 'external';
  const sides = found.map((one) => sidesOf(one));
  const text = sides.map(({ label, from, to }) => `${label} is ${from}, declared is ${to}`);
  const onlyPath = found.every(({ field }) => /^path(?: on |$)/.test(field));
  const wanted = sides.map(({ label, to }) => `${label} ${to}`);
  return fails(about, 'ROUTE_DIFFERS', {
    params: {
      key,
      titleOf: titleOf(gateway),
      differences: text,
      isExternal,
      gateway: gateway.id,
      wanted,
      integration: view.name,
    },
    evidence: [...evidence, ...sides.map(({ label, from }) => ({ kind: `live ${label}`, id: from, text: key }))],
    ...(onlyPath || !isExternal ? { severity: 'warning' as const } : {}),
  });
}

function titleOf({ id, name }: Gateway): string {
  return name === '' ? id : `${name} (${id})`;
}
