import { variableClash } from '../../kinds/gateway/path-variables.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { PlanPart } from '../plan-part.js';
import type { PlanScope } from '../plan-scope.js';
import { routeKeyOf, type RouteChanges } from '../route-changes.js';
import { unitRef } from '../unit-ref.js';
import { undeclaredRoutes } from './undeclared-routes.js';

/** The deletion of routes, and what it changes. */
export interface RemovedRoutes {
  readonly part: Pick<PlanPart, 'units' | 'notes'>;
  readonly changes: Pick<RouteChanges, 'leaving' | 'unpublished'>;
  readonly routes: readonly Route[];
}

/**
 * The deletion of the project's routes that are not `declared`, in the unit of the integration that they belonged to:
 * after its other steps, but before them where a declared route can only be created then.
 */
export function removeRoutes(
  scope: PlanScope,
  region: RegionSnapshot,
  gateway: Gateway,
  declared: ReadonlySet<string>,
  knows: (linkId: string) => boolean,
  may?: (mark: Owner, route: Route) => boolean,
): RemovedRoutes {
  const { routes, notes } = undeclaredRoutes(region, gateway, scope, declared, knows, may);
  const traits = scope.clouds.gateway(gateway.kind);
  const units = routes.map(({ route, owner, step }) => {
    // A renamed path variable: the route with the old name is in the way of the new one. Stages serve it until they are
    // deployed again.
    const isInTheWay = [...declared].some((key) => variableClash(traits, key, route.key) !== undefined);
    const unit = unitRef('integration', owner.integration);
    return { unit, region, steps: [step], ...(isInTheWay ? { first: true as const } : {}) };
  });
  const leaving = routes.map(
    ({ route, owner }) => [routeKeyOf(gateway, route.id), unitRef('integration', owner.integration).id] as const,
  );
  return {
    part: { units, notes },
    changes: { leaving: new Map(leaving), unpublished: new Set(leaving.map(([key]) => key)) },
    routes: routes.map(({ route }) => route),
  };
}
