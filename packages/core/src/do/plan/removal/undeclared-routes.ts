import { gatewayRef } from '../../model/reference.js';
import { isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway, GatewayIntegration } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { mayDelete, type Claimant } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import { routeStepId } from '../references.js';
import { step } from '../step-input.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';

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
 * Routes of a gateway that carry the project's mark and are not `declared`. A description can be copied, so a route
 * counts as managed only when its link is also managed, is named by the spec (`knows`), or does not exist any more, or
 * when a run ended before the route had an integration (`GatewayIntegration.id`), or when it is the route of a test.
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

/**
 * The managed resources of a gateway that no route uses, and the step that removes them. A resource left
 * behind by a run that could not create its route is kept where one of the `routes` to be created has the
 * same target: that route uses it. The step also joins resources that several runs created for one purpose, and removes names of
 * routes from marks of resources that they do not use, unless routes are created: a name may be that of one of them.
 */
export function sweepStep(
  gateway: Gateway,
  { project, spec, prune }: Claimant & { readonly prune?: boolean | undefined },
  routes: readonly DeployedRoute[] = [],
): Step | undefined {
  const isThere = new Set(gateway.routes.map(({ key }) => key));
  const routeIds = new Set(gateway.routes.map(({ id }) => id));
  const coming = new Set(routes.filter(({ key }) => !isThere.has(key)).map(leadsTo));
  const unused = unusedIntegrations(gateway).flatMap(({ id, linkId, targetId, owner }) =>
    owner?.project === project &&
    owner.spec === spec &&
    (owner.unbound !== true || prune === true) &&
    !routeIds.has(id) &&
    !(linkId && coming.delete(leadsTo({ linkId, targetId })))
      ? [{ id, unbound: owner.unbound }]
      : [],
  );
  const unbound = unused.some((one) => one.unbound === true) || undefined;
  const input = { gatewayRef: gatewayRef(gateway), project, spec, unbound };
  const id = `sweep ${gateway.id}`;
  if (unused.length > 0) {
    const resource = { type: 'route', name: `unused integrations of ${gateway.id}` } as const;
    const reason = `no route uses ${unused.map((one) => one.id).join(', ')}`;
    return step({ id, kind: 'delete', resource, reason }, input);
  }

  const own = gateway.integrations?.filter(({ owner }) => owner?.project === project && owner.spec === spec) ?? [];
  const doubled = new Map(own.flatMap(({ id: double, sameAs }) => (sameAs === undefined ? [] : [[double, sameAs]])));
  if (doubled.size > 0 && routes.length > 0) {
    const resource = { type: 'route', name: `double integrations of ${gateway.id}` } as const;
    const pairs = [...doubled].map(([double, first]) => `${double} serves the same as ${first}, which its routes get`);
    return step({ id, kind: 'delete', resource, reason: pairs.join('; ') }, input);
  }

  const creates = routes.some(({ key }) => !isThere.has(key));
  const misnamed = creates ? [] : own.filter(({ namesOthers }) => namesOthers === true).map((one) => one.id);
  if (misnamed.length === 0) return undefined;

  const resource = { type: 'route', name: `marks of integrations of ${gateway.id}` } as const;
  const reason = `the marks of ${[...new Set(misnamed)].join(', ')} name routes that do not lead there`;
  return step({ id, kind: 'tag', resource, reason }, input);
}

/** The IDs of the routes that have no integration yet: a run ended before, or another one is writing them. */
export function unfinishedRoutes(gateway: Gateway): ReadonlySet<string> {
  return new Set(unusedIntegrations(gateway).map(({ id }) => id));
}

/** The integrations of a gateway that no route uses. */
export function unusedIntegrations({ routes, integrations = [] }: Gateway): readonly GatewayIntegration[] {
  const used = new Set(routes.map(({ integrationId }) => integrationId));
  return integrations.filter(({ id }) => !used.has(id));
}

function leadsTo({
  linkId,
  targetId,
}: {
  readonly linkId?: string | undefined;
  readonly targetId?: string | null | undefined;
}): string {
  return `${linkId} ${targetId}`;
}
