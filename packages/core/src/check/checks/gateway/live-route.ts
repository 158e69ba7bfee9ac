import { unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { deployedStage, stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { mayChange } from '../../../do/model/marks.js';
import type { Route } from '../../../do/model/route.js';
import { declaredRoute, type RouteDifference } from '../../../do/world/routes/route-differences.js';
import type { CheckInput, IntegrationView, Missing } from '../../../do/world/views.js';
import { stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import { isMisnamed, isNew, unseen } from '../../../do/world/link-facts.js';
import { unreadStages, BY_HAND_CODES, declaredMark } from './declared-mark.js';
import { routeOnStage, routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { differing } from './differing.js';
import { elsewhere, publishedDifferences, at, judgeServed } from './deployed-route.js';
import { onStages, wantedOf } from './declared-route.js';
import { takingRoute } from '../../../do/world/routes/route-input.js';
import { fewText } from '../../../ground/text/quantities.js';
import { lacking, other, ROUTE_CODES, titleOf, type Declared } from './route-findings.js';
import { unreadGateway, unreadTarget } from './unread.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  ...BY_HAND_CODES,
  ROUTES_NOT_READ: unknown('the routes of {integration} match the spec'),
  ROUTED_BY_PLUGIN: unknown('all calls of {key} reach its target'),
  ...ROUTE_CODES,
};

export const liveRoute = defineCheck({
  id: 'gateway/live-route',
  severity: 'error',
  title: 'Live routes match the spec',
  about:
    'Calls take the live route. The other checks evaluate the link and the target of the spec. `postern ' +
    'apply` never changes an integration of `owner: external`. A route of such an integration that is ' +
    'missing, or has another link or target, is therefore an error. A path that is overwritten or kept ' +
    'against the spec is a warning. What a stage serves counts: its deployment, or the published version of ' +
    'the route. Routes that were changed after that count with the next deployment only: of an external ' +
    'integration this is a warning. The result is unknown where a deployment was not read. The method that ' +
    'an integration sends may differ from that of ' +
    'the route, and the checks of the path take it. A route of this project that differs is a warning, since ' +
    '`postern apply` corrects it: the spec may have been changed. It is an error where a stage was deployed ' +
    'with the spec as it is now and serves something else, or the method was changed: no spec declares one. ' +
    'Until then the verdicts hold for the state after `postern apply`. This check ignores routes that ' +
    '`postern apply` still has to create. `gateway/route-owner` checks routes of other owners.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved, targets } = view;
      const about = aboutThings(name, thing('routes', name, `routes of ${name}`));
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined) yield say.ROUTES_NOT_READ(about, { integration: name }, unread);
      if (gateway === undefined || unread !== undefined || (link.link === undefined && !isNew(link))) continue;
      if (isMisnamed(link)) continue; // `link/exists` reports it

      const differs: string[] = [];
      for (const target of targets) {
        for (const key of target.routeKeys) {
          const liveRoute = routesByKey(link.region, gateway).get(key);
          const isOthers = liveRoute !== undefined && !mayChange(liveRoute.owner, input.spec);
          const declared = { view, gateway, target, key, isExternal: spec.owner === 'external' || isOthers };
          if (spec.owner === 'external') {
            yield* judgeExternal(say, input, declared);
            if (isUndeployed(declared)) differs.push(key);
          } else yield* judgeManaged(say, input, declared, liveRoute);
        }
      }
      yield* elsewhere(say, input, view, gateway);
      if (spec.owner === 'external' || managesAny(input, view, gateway))
        yield* unreadStages(say, view, gateway, about, differs);
    }
  },
});

/** An external route as each stage serves it. Where no deployment was read, or none exists, the current routes count. */
function* judgeExternal(say: Say<typeof CODES>, input: CheckInput, declared: Declared): Generator<Outcome> {
  const { view, gateway, key } = declared;
  const served = stageRoutesOf(view.link.region.clouds, gateway, view.spec.gateway);
  if (served.some(({ routes, isDeployed }) => routes !== undefined && isDeployed === true)) {
    yield* judgeServed(say, declared, served);
    return;
  }

  const routes = routesByKey(view.link.region, gateway);
  const liveRoute = served.length === 0 ? routes.get(key) : takingRoute(routes, key);
  // Only stages whose routes were not read: `unreadStages` reports them, unless variables show where each leads.
  const isUnread = served.length > 0 && served.every(({ routes }) => routes === undefined);
  const isKnown =
    (liveRoute?.variables ?? []).length > 0 || view.link.region.clouds.gateway(gateway.kind).exportedBy === undefined;
  if (!isUnread || (isKnown && !isUndeployed(declared))) yield* judgeRoute(say, input, declared, liveRoute);
}

/**
 * A route of this project, or of others in its place. A run changes one that differs, and then deploys it. Of one that does not
 * differ, what the stages serve counts: others may have deployed it while it did. So it does of one that is gone.
 */
function* judgeManaged(
  say: Say<typeof CODES>,
  input: CheckInput,
  declared: Declared,
  liveRoute: Route | undefined,
): Generator<Outcome> {
  const { view, gateway, target, key, isExternal } = declared;
  const all = stageRoutesOf(view.link.region.clouds, gateway, view.spec.gateway);
  const served = all.filter((on) => on.isDeployed === true);
  const found =
    target.unresolved !== undefined || liveRoute === undefined ? [] : differences(input, declared, liveRoute);
  const isAsDeclared = target.unresolved === undefined && !('what' in found) && found.length === 0;
  if (served.length > 0 && isAsDeclared && (liveRoute !== undefined || isServedOtherwise(input, declared)))
    yield* judgeServed(say, declared, served);
  // `gateway/route-owner` reports a route of others that differs.
  else if (liveRoute !== undefined && !isExternal) yield* judgeRoute(say, input, declared, liveRoute);
  // One that does not exist is created. Callers of a stage with automatic deployment miss it only where it existed: an integration
  // that was made for it shows that.
  else if (
    liveRoute === undefined &&
    target.unresolved === undefined &&
    namesMissing(input, view, gateway) &&
    all.some((on) => on.isDeployed !== true && takingRoute(routesByKey(view.link.region, on), key) === undefined)
  )
    yield lacking(say, declared, aboutThings(view.name, thing('route', key)), undefined);
}

/** Whether an integration was made for routes of an integration of the spec, and none leads to it, or one that it names does not. */
function namesMissing(
  { spec }: CheckInput,
  { name }: IntegrationView,
  { integrations = [], routes }: Gateway,
): boolean {
  const used = new Set(routes.map(({ integrationId }) => integrationId));
  return integrations.some(
    ({ id, owner, namesOthers }) =>
      (namesOthers === true || !used.has(id)) && owner?.integration === name && mayChange(owner, spec),
  );
}

/**
 * Whether a stage serves something else than a declared route, and no edit of the spec explains it: the stage was deployed with
 * what is declared now, or the difference is one that no spec declares. Otherwise the spec may have been changed since.
 */
function isServedOtherwise(input: CheckInput, { view, gateway, target, key, isExternal }: Declared): boolean {
  if (isExternal) return false;

  const declared = declaredMark(input, gateway);
  const mark = 'mark' in declared ? declared.mark : undefined;
  const wanted = declaredRoute(wantedOf(view, target, key));
  return stageRoutesOf(view.link.region.clouds, gateway, view.spec.gateway).some((on) => {
    const serving = routeOnStage(view.link.region, gateway, on, wanted);
    const isMarked = mark !== undefined && on.isDeployed === true && on.stage.deployed === mark;
    if (serving.is !== 'different') return isMarked && serving.is === 'absent';

    return isMarked || serving.differences.some(({ field }) => UNDECLARED.has(field));
  });
}

/** The fields that no spec declares. */
const UNDECLARED: ReadonlySet<string> = new Set(['method', 'response']);

/** Whether the gateway has declared routes of this project. */
function managesAny({ spec }: CheckInput, { link: { region }, targets }: IntegrationView, gateway: Gateway): boolean {
  const routes = routesByKey(region, gateway);
  return targets.some(({ routeKeys }) =>
    routeKeys.some((key) => {
      const route = routes.get(key);
      return route !== undefined && mayChange(route.owner, spec);
    }),
  );
}

function* judgeRoute(
  say: Say<typeof CODES>,
  input: CheckInput,
  declared: Declared,
  liveRoute: Route | undefined,
): Generator<Outcome> {
  const { view, gateway, target, key } = declared;
  const { name, link } = view;
  const about = aboutThings(name, thing('route', key));
  const missing = link.region.missing('gateways', gateway.id);
  if (liveRoute === undefined) {
    yield lacking(say, declared, about, missing);
    return;
  }
  if (target.unresolved?.verdict === 'fail') return;

  const evidence = [{ kind: 'route', id: liveRoute.id, text: `${key} of ${titleOf(gateway)}` }];
  if (target.unresolved !== undefined) {
    yield say.ROUTE_NOT_READ(about, { key }, unreadTarget(target.name, target.unresolved), evidence);
    return;
  }

  const routing = routedElsewhere(view, liveRoute);
  if (routing !== undefined) yield say.ROUTED_BY_PLUGIN(about, { key }, routing, evidence);
  const found = differences(input, declared, liveRoute);
  if ('what' in found) yield say.ROUTE_NOT_READ(about, { key }, found, evidence);
  else if (found.length === 0) yield say.AS_DECLARED(about, { key, titleOf: titleOf(gateway) }, evidence);
  else if (missing !== undefined && found.every(({ from }) => from === null))
    yield say.ROUTE_NOT_READ(about, { key }, missing, evidence);
  else {
    // The draft of an API is as declared, and what is published of it is not.
    const isPublishedOtherwise =
      view.link.region.clouds.gateway(gateway.kind).movesAsOne && differing(declared, liveRoute).length === 0;
    const wasApplied = isPublishedOtherwise || isServedOtherwise(input, declared);
    yield other(say, declared, about, found, { evidence, wasApplied });
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

/** Whether the current route is not as declared, where stages have other routes perhaps. */
function isUndeployed(declared: Declared): boolean {
  const liveRoute = routesByKey(declared.view.link.region, declared.gateway).get(declared.key);
  if (declared.target.unresolved !== undefined) return false;

  return liveRoute === undefined || (liveRoute.variables === undefined && differing(declared, liveRoute).length > 0);
}

/** The differences between a live route and the spec, or the missing fact. */
function differences(input: CheckInput, declared: Declared, liveRoute: Route): readonly RouteDifference[] | Missing {
  const { view, gateway, key } = declared;
  const { spec } = view;
  const stages = stagesOf(spec.gateway);
  const found = differing(declared, liveRoute);
  const isExternal = spec.owner === 'external';
  if (view.link.region.clouds.gateway(gateway.kind).movesAsOne) {
    const published = publishedDifferences(input.spec, liveRoute, { found, stages });
    if (isExternal) return published;

    // A run publishes a draft that it changes, so that facts of its publication do not matter.
    return found.length > 0 ? found : published;
  }
  if (!isExternal) return found;
  if (liveRoute.variables !== undefined && liveRoute.variables.length > 0) {
    const live = onStages(gateway, liveRoute, deployedStage(spec.gateway));
    return 'what' in live
      ? live
      : live.flatMap(({ stage, route }) => differing(declared, route).map((one) => at(stage, one)));
  }
  if (liveRoute.targetId?.includes('${') !== true) return found;

  return { what: `the stage variable in ${liveRoute.targetId}`, remedy: `Check the target of ${key} on each stage.` };
}
