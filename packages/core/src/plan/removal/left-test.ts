import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import { ownershipOf, type Claimant } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';

/**
 * Whether a route is the test of one of these integrations of a spec without an identity. A run left it that was killed, and whose
 * journal is lost or does not show it. Its mark names no spec, as the marks of all routes of that spec do. No spec declares it.
 */
export function isLeftTest(
  route: Pick<Route, 'key' | 'owner'>,
  by: Claimant,
  integrations: ReadonlySet<string>,
): boolean {
  const { owner } = route;
  if (owner === undefined || owner.unbound === true || !isTemporaryRoute(route)) return false;
  return ownershipOf(owner, by) === 'unassigned' && integrations.has(owner.integration);
}
