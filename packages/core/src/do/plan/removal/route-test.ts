import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import { isUnassigned, type Claimant } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';

/**
 * Whether a route is the test of an integration of a spec without an identity. A run left it that was killed, and whose journal is lost
 * or does not show it. Its mark names no spec, as the marks of all routes of that spec do. No spec declares it. The caller checks
 * that the spec has the integration that the mark names.
 */
export function isRouteTest(route: Pick<Route, 'key' | 'owner'>, by: Claimant): boolean {
  const { owner } = route;
  return isTemporaryRoute(route) && isUnassigned(owner, by) && owner.unbound !== true;
}
