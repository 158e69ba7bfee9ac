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
import { isNew, unseen } from '../../world/link-facts.js';
import { undeployed } from './by-hand.js';
import { publishedDifferences } from './published-target.js';
import { routesByKey } from './routes-by-key.js';
import { onStages } from './on-stages.js';
import { wantedOf } from './wanted.js';
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
      for (const target of targets) {
        for (let at = 0; at < target.routeKeys.length; at += 1) {
          yield* judge(input, { view, gateway, target, key: target.routeKeys[at] as string });
        }
      }
      if (spec.owner === 'external') yield* undeployed(gateway, deployedStage(spec.gateway), about);
    }
  },
};

interface Declared {
  readonly view: IntegrationView;
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly key: string;
}

function judge(input: CheckInput, declared: Declared): Iterable<Statement> {
  const { view, gateway, key } = declared;
  const there = routesByKey(gateway).get(key);
  const isJudged = view.spec.owner === 'external' || (there !== undefined && mayChange(there.owner, input.spec));
  return isJudged ? judgeRoute(input, declared, there) : NONE;
}

const NONE: readonly Statement[] = [];

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
  const found = differences(input, declared, there);
  if ('what' in found) yield unsure(about, 'ROUTE_NOT_READ', { key }, found, { evidence });
  else if (found.length === 0) {
    yield holds(input, about, 'AS_DECLARED', () => ({ params: { key, titleOf: titleOf(gateway) }, evidence }));
  } else if (missing !== undefined && found.every(({ from }) => from === null)) {
    yield unsure(about, 'ROUTE_NOT_READ', { key }, missing, { evidence });
  } else yield other(declared, about, found, evidence);
}

/** The differences between a live route and the spec, or the missing fact. Leaves out what other checks report. */
function differences(
  input: CheckInput,
  { view, gateway, target, key }: Declared,
  there: Route,
): readonly RouteDifference[] | Missing {
  const { name, spec } = view;
  const stages = stagesOf(spec.gateway);
  const wanted = wantedOf(view, target, key);
  const differ = (route: Route): readonly RouteDifference[] =>
    routeDifferences(route, wanted, name).filter(
      ({ field }) =>
        !OF_THE_MARK.has(field) &&
        // For an API group, `gateway/on-link` and `gateway/published` report these.
        !(field === 'link' && movesAsOne(gateway)) &&
        field !== 'stages',
    );
  const found = differ(there);
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
    return 'what' in live ? live : live.flatMap(({ stage, route }) => differ(route).map((one) => at(stage, one)));
  }
  if (there.targetId?.includes('${') !== true) return found;
  return { what: `the stage variable in ${there.targetId}`, remedy: `Check the target of ${key} on each stage.` };
}

/** The same difference, of one stage. */
function at(stage: string, { field, ...values }: RouteDifference): RouteDifference {
  return { field: `${field} on ${stage}`, ...values };
}

function lacking({ view, gateway, target, key }: Declared, about: About, missing: Missing | undefined): Statement {
  const place = `integrations.${view.name}.routes`;
  const evidence = [{ kind: 'spec', id: `${place}.${key}`, text: `to ${target.name}` }];
  if (missing !== undefined) return unsure(about, 'ROUTE_NOT_SEEN', { key }, missing, { evidence });
  return fails(about, 'ROUTE_ABSENT', {
    params: {
      titleOf: titleOf(gateway),
      key,
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
  const onlyPath = found.every(({ field }) => field === 'path');
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
