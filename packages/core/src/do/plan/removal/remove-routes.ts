import { variableClash, isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { PlanPart, PlanScope } from '../plan-scope.js';
import { routeKeyOf, type RouteChanges, unitRef } from '../references.js';
import { undeclaredRoutes } from './undeclared-routes.js';
import { fewText } from '../../../ground/text/quantities.js';
import { PosternError } from '../../../ground/errors.js';
import type { Spec } from '../../spec.js';
import type { Plan, Step } from '../plan.js';
import { linkRef } from '../../model/reference.js';
import { deployedUses } from '../../world/uses/gateway-uses.js';
import type { TestedRoute } from '../step-input.js';

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

/** The routes that an apply deletes although the spec declares none at all; empty where it declares some, or deletes none. */
export function allRoutesOf({ goal, units }: Pick<Plan, 'goal' | 'units'>, spec: Spec): readonly string[] {
  const declares = Object.values(spec.integrations).some(({ routes }) => Object.keys(routes).length > 0);
  if (goal !== 'apply' || declares) return [];

  return units.flatMap(({ steps }) => steps.filter(isRouteDeletion).map(({ resource }) => resource.name));
}

/**
 * Refuses to apply a spec without any route where routes of the project are live: the file was probably cut off.
 * @throws {PosternError} `DELETES_ALL_ROUTES`, with their keys in `details.routes`.
 */
export function refuseAllRoutes(plan: Pick<Plan, 'goal' | 'units'>, spec: Spec): void {
  const routes = allRoutesOf(plan, spec);
  if (routes.length === 0) return;

  throw new PosternError(
    'DELETES_ALL_ROUTES',
    `the spec declares no routes, and this would delete all: ${fewText(routes, 5)}`,
    {
      remedy:
        'Check that the spec is complete. If these routes are to go, add --delete-all-routes (`deleteAllRoutes`), or run destroy.',
      details: { routes: [...routes] },
    },
  );
}

/** What a gateway has that no route uses has no id of its own. */
function isRouteDeletion({ kind, resource }: Step): boolean {
  return (
    kind === 'delete' &&
    resource.type === 'route' &&
    resource.id !== undefined &&
    !isTemporaryRoute({ key: resource.name })
  );
}

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
