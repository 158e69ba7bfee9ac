import { entryOf } from '../../../ground/json.js';
import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import type { Outcome } from '../../../do/findings/check.js';
import type { Route } from '../../../do/model/route.js';
import { fewText } from '../../../ground/text/quantities.js';
import { declaredRoute, type RouteDifference } from '../../../do/world/routes/route-differences.js';
import { routesByKey, stageText, routeOnStage } from '../../../do/world/routes/route-on-stage.js';
import { type StageRoutes, stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import { coveringRoutes, takingRoute } from '../../../do/world/routes/route-input.js';
import type { Missing, CheckInput, IntegrationView } from '../../../do/world/views.js';
import { differing, isJudged } from './differing.js';
import { deployedNext, nextOf } from './next-deployment.js';
import { lacking, other, titleOf, type Declared, type RouteSay } from './route-findings.js';
import { unreadTarget } from './unread.js';
import { wantedOf } from './declared-route.js';
import { isVariable, withVariables } from '../../../do/world/uses/stage-variables.js';
import type { Spec } from '../../../do/spec.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../../do/model/gateway.js';

/** A route as each stage serves it. Yields nothing about those that were not read: `unreadStages` reports them. */
export function* judgeServed(say: RouteSay, declared: Declared, served: readonly StageRoutes[]): Generator<Outcome> {
  const { view, gateway, target, key } = declared;
  const about = aboutThings(view.name, thing('route', key));
  if (target.unresolved?.verdict === 'fail') return;
  if (target.unresolved !== undefined) {
    yield say.ROUTE_NOT_READ(about, { key }, unreadTarget(target.name, target.unresolved));
    return;
  }

  const wanted = declaredRoute(wantedOf(view, target, key));
  const known = served.flatMap((on) => {
    const serving = routeOnStage(view.link.region, gateway, on, wanted);
    return serving.is === 'unknown' ? [] : [{ on, serving }];
  });
  const evidence = known.map(({ on, serving }) => ({
    kind: 'stage',
    id: stageText(on),
    text: serving.is === 'absent' ? `serves no ${key}` : `serves ${key}`,
  }));
  const absent = known.filter(({ serving }) => serving.is === 'absent').map(({ on }) => on);
  const covering = absent.flatMap(({ routes = [] }) =>
    coveringRoutes(routes, key).filter((one) => leads(declared, one)),
  );
  const live = routesByKey(view.link.region, gateway).get(key);
  const isUndeployed = live !== undefined && differing(declared, live).length === 0;
  if (absent.length > 0) yield lacking(say, declared, about, coveredBy(covering, key), absent, isUndeployed);
  const found = known.flatMap(({ on, serving }) =>
    serving.is !== 'different'
      ? []
      : serving.differences.filter((one) => isJudged(declared, one)).map((one) => at(stageText(on), one)),
  );
  if (found.length > 0) yield other(say, declared, about, found, { evidence, served: known.map(({ on }) => on) });
  const taking = known.map(({ on }) => ({ on, route: takingRoute(routesByKey(declared.view.link.region, on), key) }));
  const failing =
    (declared.isExternal ? yield* lackingResponse(say, declared, about, taking, evidence) : 0) +
    // What `postern apply` changes gets all values.
    (found.length > 0 ? 0 : yield* lackingValue(say, declared, about, taking, evidence));
  if (absent.length + found.length + failing > 0 || known.length < served.length) return;

  const next = declared.isExternal ? nextOf(declared, live) : [];
  if (next === undefined || next.length > 0) yield deployedNext(say, declared, about, next, { evidence, served });
  else yield say.AS_DECLARED(about, { key, titleOf: titleOf(gateway) }, evidence);
}

/** The route that takes the calls of the declared key on a stage. */
interface Taking {
  readonly on: StageRoutes;
  readonly route: Route | undefined;
}

/** @returns on how many stages callers get an error for the answers of the backend */
function* lackingResponse(
  say: RouteSay,
  { gateway, key }: Declared,
  about: About,
  taking: readonly Taking[],
  evidence: Outcome['evidence'],
): Generator<Outcome, number> {
  const failing = taking.filter(({ route }) => route?.lacks !== undefined).map(({ on }) => stageText(on));
  if (failing.length > 0) {
    yield say.RESPONSE_LACKING(
      about,
      { key, titleOf: titleOf(gateway), stages: failing, gateway: gateway.id },
      evidence,
    );
  }
  return failing.length;
}

/** @returns on how many stages variables of the backend's URI have no value */
function* lackingValue(
  say: RouteSay,
  { gateway, key }: Declared,
  about: About,
  taking: readonly Taking[],
  evidence: Outcome['evidence'],
): Generator<Outcome, number> {
  const failing = taking.flatMap(({ on, route: { unfilled } = {} }) =>
    unfilled === undefined || Object.keys(unfilled).length === 0 ? [] : [{ on, unfilled }],
  );
  const [first] = failing;
  if (first !== undefined) {
    const all = Object.entries(Object.assign({}, ...failing.map(({ unfilled }) => unfilled)) as Record<string, string>);
    const params = {
      key,
      titleOf: titleOf(gateway),
      variables: all.map(([name]) => `{${name.split('.').at(-1) ?? name}}`),
      mappings: all.map(([name, value]) => (value === '' ? `a value for ${name}` : `${name} = ${value}`)),
      stages: failing.map(({ on }) => stageText(on)),
    };
    yield say.VALUE_LACKING(about, params, evidence);
  }
  return failing.length;
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

/** The same difference, of one stage. */
export function at(stage: string, { field, ...values }: RouteDifference): RouteDifference {
  return { field: `${field} on ${stage}`, ...values };
}

/** How a draft differs from the spec, and the stages that the spec names. */
interface DraftDifferences {
  readonly found: readonly RouteDifference[];
  readonly stages: readonly string[] | undefined;
}

/**
 * The differences between the published API and the spec; the target of each stage counts, not the draft's. TLS and path are
 * known of drafts only. Empty where it is not published on any of the stages: `gateway/published` reports that.
 */
export function publishedDifferences(
  spec: Pick<Spec, 'assume'>,
  route: Route,
  { found, stages: named }: DraftDifferences,
): readonly RouteDifference[] | Missing {
  const callable = route.publishedOn ?? route.stages ?? [];
  const stages = callable.filter((stage) => named?.includes(stage) ?? true);
  const ofTarget = found.find(({ field }) => field === 'target');
  const wanted = ofTarget === undefined ? (route.targetId ?? null) : ofTarget.to;
  const live = stages.map((stage) => ({ stage, to: targetOn(spec, route, stage) }));
  const other = live.filter(({ to }) => to !== undefined && to !== wanted);
  if (other.length > 0) {
    return other.map(({ stage, to = '' }) => ({ field: `target on ${stage}`, from: to, to: wanted }));
  }

  const untold = live.find(({ to }) => to === undefined);
  if (untold !== undefined) {
    return {
      what: `the target of ${route.key} on ${untold.stage}`,
      remedy: `Check the version of ${route.key} that is published on ${untold.stage}. Write the values of stage variables under assume.stageVariables.`,
    };
  }

  const shown = stages.length > 0 && stages.every((stage) => route.stages?.includes(stage) === true);
  // A draft that is published on no stage receives no calls.
  return shown && ofTarget === undefined ? found : [];
}

/** The target of a stage's version; null where it is not in a network, undefined where it is not known. */
function targetOn({ assume }: Pick<Spec, 'assume'>, route: Route, stage: string): string | null | undefined {
  const { id, key, gatewayId, targetId, publishedTargets: published } = route;
  const isDraft = route.stages?.includes(stage) === true;
  const shown =
    published !== undefined && Object.hasOwn(published, stage)
      ? published[stage]
      : published === undefined && isDraft
        ? (targetId ?? null)
        : undefined;
  if (typeof shown !== 'string' || !isVariable(shown)) return shown;

  const variables = assume?.stageVariables;
  const values = entryOf(variables, gatewayId);
  const [use] = withVariables({ kind: 'route', id, name: key, routeIds: [id], stage, targetId: shown }, values);
  return isVariable(use?.targetId) ? undefined : use?.targetId;
}

/**
 * Declared routes of all methods (`ANY /orders`) beside which a live route of one method has the same path, another target, and no
 * declaration: it is the more specific one, and gets the calls of its method.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export function* elsewhere(
  say: RouteSay,
  input: CheckInput,
  { name, spec, link }: IntegrationView,
  gateway: Gateway,
): Generator<Outcome> {
  const whole = Object.keys(spec.routes).filter((key) => key.startsWith('ANY /'));
  if (whole.length === 0) return;

  const declared = new Set(
    input.integrations.flatMap((one) =>
      gatewayId(one.spec.gateway) === gateway.id ? Object.keys(one.spec.routes) : [],
    ),
  );
  const served = stageRoutesOf(link.region.clouds, gateway, spec.gateway).flatMap(({ routes = [] }) => routes);
  // A run deploys the routes of an API of its own as they are.
  const routes = served.length === 0 || spec.owner !== 'external' ? [...served, ...gateway.routes] : served;
  for (const key of whole) {
    const own = routes.find((one) => one.key === key);
    const path = key.slice('ANY'.length);
    const others = routes.filter((one) => !declared.has(one.key) && one.key.replace(/^[A-Z]+/, '') === path);
    const away = own === undefined ? [] : others.filter((one) => !leadsAs(one, own));
    if (away.length === 0) continue;

    const keys = [...new Set(away.map((one) => one.key))].toSorted();
    yield say.METHOD_ELSEWHERE(
      aboutThings(name, thing('route', key)),
      { key, others: keys, titleOf: titleOf(gateway), integration: name },
      away.map((one) => ({
        kind: 'route',
        id: one.id,
        text: `${one.key} to ${one.targetId ?? 'no target in a network'}`,
      })),
    );
  }
}

/** Whether the backend gets the calls of both in the same way. */
function leadsAs(one: Route, other: Route): boolean {
  const facts = ({ linkId, targetId, tls, path, lacks, unfilled, method }: Route): string =>
    JSON.stringify([linkId, targetId, tls, path, lacks, unfilled, method]);
  return facts(one) === facts(other);
}
