import type { Route } from '../../../do/model/route.js';
import { OF_THE_MARK, routeDifferences, type RouteDifference } from '../../../do/world/routes/route-differences.js';
import type { Declared } from './route-findings.js';
import { wantedOf } from './declared-route.js';

/** The differences between a live route and the spec. Leaves out what other checks report. */
export function differing(declared: Declared, route: Route): readonly RouteDifference[] {
  const { view, target, key } = declared;
  return routeDifferences(route, wantedOf(view, target, key), view.name).filter((one) => isJudged(declared, one));
}

/** Whether no other check reports a difference. */
export function isJudged({ gateway, isExternal, view }: Declared, { field }: RouteDifference): boolean {
  return (
    !OF_THE_MARK.has(field) &&
    // For an API group, `gateway/on-link` and `gateway/published` report these.
    !(field === 'link' && view.link.region.clouds.gateway(gateway.kind).movesAsOne) &&
    field !== 'stages' &&
    // No spec declares a method: the checks of the path take that of an external route. A response has a code of its own.
    !(isExternal && (field === 'method' || field === 'response'))
  );
}
