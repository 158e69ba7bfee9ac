import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import type { Outcome } from '../../../do/findings/check.js';
import type { Route } from '../../../do/model/route.js';
import { fewText } from '../../../ground/text/quantities.js';
import {
  declaredRoute,
  OF_THE_MARK,
  routeDifferences,
  type RouteDifference,
} from '../../../do/world/routes/route-differences.js';
import { routesByKey, servedText, servingOf } from '../../../do/world/routes/serving.js';
import type { ServedOn } from '../../../do/world/routes/served.js';
import { coveringRoutes, takingRoute } from '../../../do/world/routes/route-input.js';
import type { Missing } from '../../../do/world/views.js';
import { lacking, other, titleOf, type Declared, type RouteSay } from './route-findings.js';
import { unreadTarget } from './unread.js';
import { wantedOf } from './wanted.js';

/** A route as each stage serves it. Yields nothing about those that were not read: `unreadStages` reports them. */
export function* judgeServed(say: RouteSay, declared: Declared, served: readonly ServedOn[]): Generator<Outcome> {
  const { view, gateway, target, key } = declared;
  const about = aboutThings(view.name, thing('route', key));
  if (target.unresolved?.verdict === 'fail') return;
  if (target.unresolved !== undefined) {
    yield say.ROUTE_NOT_READ(about, { key }, unreadTarget(target.name, target.unresolved));
    return;
  }
  const wanted = declaredRoute(wantedOf(view, target, key));
  const known = served.flatMap((on) => {
    const serving = servingOf(view.link.region, gateway, on, wanted);
    return serving.is === 'unknown' ? [] : [{ on, serving }];
  });
  const evidence = known.map(({ on, serving }) => ({
    kind: 'stage',
    id: servedText(on),
    text: serving.is === 'absent' ? `serves no ${key}` : `serves ${key}`,
  }));
  const absent = known.filter(({ serving }) => serving.is === 'absent').map(({ on }) => on);
  const covering = absent.flatMap(({ routes = [] }) =>
    coveringRoutes(routes, key).filter((one) => leads(declared, one)),
  );
  if (absent.length > 0) yield lacking(say, declared, about, coveredBy(covering, key), absent);
  const found = known.flatMap(({ on, serving }) =>
    serving.is !== 'different'
      ? []
      : serving.differences.filter((one) => isJudged(declared, one)).map((one) => at(servedText(on), one)),
  );
  if (found.length > 0) yield other(say, declared, about, found, { evidence, served: known.map(({ on }) => on) });
  const failing = declared.isExternal ? yield* lackingResponse(say, declared, about, known, evidence) : 0;
  if (absent.length + found.length + failing === 0 && known.length === served.length)
    yield say.AS_DECLARED(about, { key, titleOf: titleOf(gateway) }, evidence);
}

/** @returns on how many stages callers get an error for the answers of the backend */
function* lackingResponse(
  say: RouteSay,
  { view, gateway, key }: Declared,
  about: About,
  known: readonly { readonly on: ServedOn }[],
  evidence: Outcome['evidence'],
): Generator<Outcome, number> {
  const failing = known
    .filter(({ on }) => takingRoute(routesByKey(view.link.region, on), key)?.lacks !== undefined)
    .map(({ on }) => servedText(on));
  if (failing.length > 0) {
    yield say.RESPONSE_LACKING(
      about,
      { key, titleOf: titleOf(gateway), stages: failing, gateway: gateway.id },
      evidence,
    );
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

/** The differences between a live route and the spec. Leaves out what other checks report. */
export function differing(declared: Declared, route: Route): readonly RouteDifference[] {
  const { view, target, key } = declared;
  return routeDifferences(route, wantedOf(view, target, key), view.name).filter((one) => isJudged(declared, one));
}

function isJudged({ gateway, isExternal, view }: Declared, { field }: RouteDifference): boolean {
  return (
    !OF_THE_MARK.has(field) &&
    // For an API group, `gateway/on-link` and `gateway/published` report these.
    !(field === 'link' && view.link.region.clouds.movesAsOne(gateway)) &&
    field !== 'stages' &&
    // No spec declares a method: the checks of the path take that of an external route. A response has a code of its own.
    !(isExternal && (field === 'method' || field === 'response'))
  );
}

/** The same difference, of one stage. */
export function at(stage: string, { field, ...values }: RouteDifference): RouteDifference {
  return { field: `${field} on ${stage}`, ...values };
}
