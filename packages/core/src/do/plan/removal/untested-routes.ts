import type { Gateway } from '../../model/gateway.js';
import { linkRef } from '../../model/reference.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { deployedUses } from '../../world/uses/deployed-uses.js';
import type { PlanScope } from '../plan-scope.js';
import { routeKeyOf, type RouteChanges } from '../route-changes.js';
import type { TestedRoute } from '../step-input.js';

/**
 * The routes that a deployment would move to another link, and that no step of the plan changes: a run that ended after
 * it had written them did not test them. Only where the cloud tests the working copy, and where it was read what the stage
 * serves.
 */
export function untestedRoutes(
  { project, clouds }: PlanScope,
  { leaving }: Pick<RouteChanges, 'leaving'>,
  { links }: RegionSnapshot,
  gateway: Gateway,
  stage: string,
): readonly TestedRoute[] {
  if (clouds.gateway(gateway.kind).testCall?.ofWorkingCopy !== true) return [];
  const known = deployedUses(gateway, stage);
  if (known === undefined || 'unreadable' in known) return [];
  const served = new Map(known.uses.map(({ name, linkId }) => [name, linkId] as const));
  return gateway.routes.flatMap(({ id, key, owner, linkId, targetId }): readonly TestedRoute[] => {
    const link = links.find((one) => one.id === linkId);
    const before = served.get(key);
    if (link === undefined || targetId === undefined || before === undefined || before === linkId) return [];
    if (owner?.project !== project || leaving.has(routeKeyOf(gateway, id))) return [];
    return [{ key, linkRef: linkRef(link), targetId }];
  });
}
