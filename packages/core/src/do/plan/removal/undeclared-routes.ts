import { gatewayRef } from '../../model/reference.js';
import { isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { mayDelete, type Claimant } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import { routeStepId } from '../references.js';
import { step } from '../step-input.js';
import { unfinishedRoutes } from './unused-integrations.js';

/** The owner on whose behalf undeclared resources are deleted. */
export interface Remover extends Claimant {
  readonly reason: string;
  readonly prune?: boolean | undefined;
}

/** A route managed by this project that the spec does not declare. */
export interface UndeclaredRoute {
  readonly gateway: Gateway;
  readonly route: Route;
  readonly owner: Owner;
  readonly step: Step;
}

/**
 * Routes of a gateway that carry the project's mark and are not `declared`. A description can be copied, so a
 * route counts as managed only when its link is also managed, is named by the spec (`knows`), or does not
 * exist any more, or when a run ended before the route had an integration (`GatewayIntegration.id`), or when it is the route of
 * a test.
 */
export function undeclaredRoutes(
  region: RegionSnapshot,
  gateway: Gateway,
  by: Remover,
  declared: ReadonlySet<string>,
  knows: (linkId: string) => boolean,
  may: (mark: Owner, route: Route) => boolean = (mark) => mayDelete(mark, by),
): { readonly routes: readonly UndeclaredRoute[]; readonly notes: readonly string[] } {
  const { project, reason } = by;
  const notes: string[] = [];
  const unfinished = unfinishedRoutes(gateway);
  const routes = gateway.routes.flatMap((route): readonly UndeclaredRoute[] => {
    const { owner, linkId } = route;
    if (owner === undefined || declared.has(route.key) || !may(owner, route)) return [];

    const link = region.links.find(({ id }) => id === linkId);
    const isForeign = linkId === undefined || (link !== undefined && !isOurs(link, project) && !knows(link.id));
    // No caller knows the route of a test, which has no authorizer: its mark is enough.
    if (isForeign && !unfinished.has(route.id) && !isTemporaryRoute(route)) {
      notes.push(
        `route ${route.key} of ${gateway.id} is managed by this project but uses no link of it: it is not changed`,
      );
      return [];
    }

    const why = isTemporaryRoute(route) ? TEST_NOT_DELETED : reason;
    return [{ gateway, route, owner, step: deleteRouteStep(gateway, { ...route, owner }, why) }];
  });
  return { routes, notes };
}

/** Why the route of a test is deleted. */
export const TEST_NOT_DELETED = 'a run that tested a link ended before it deleted the route';

/** Deletes a route with a mark. */
export function deleteRouteStep(
  gateway: Gateway,
  { id, key, owner }: Pick<Route, 'id' | 'key'> & { readonly owner: Owner },
  reason: string,
): Step {
  const resource = { type: 'route', name: key, id } as const;
  const input = { gatewayRef: gatewayRef(gateway), key, owner };
  return step({ id: routeStepId('delete', key, gateway.id), kind: 'delete', resource, reason }, input);
}
