import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import { ownershipOf, type Claimant } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';

/**
 * Whether a route is the test of one of these integrations of a spec without an identity, left by a run that was killed and
 * whose journal is lost. Its mark names no spec, as those of all routes of that spec; but nobody declares it.
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
