import { gatewayRef, linkRef } from '../../model/reference.js';
import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import { createdLinkKind } from '../../kinds/link/link-traits.js';
import type { Gateway, GatewayIntegration } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { isProtected } from '../links/link-marks.js';
import { networkOfLink } from '../../world/resolve/network-of-link.js';
import { mayDelete, type Claimant } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import { referencesTo } from '../references.js';
import { routeStepId } from '../route-step-id.js';
import { waiting } from '../links/drain.js';
import { step, type DeleteLinkInput } from '../step-input.js';
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

/** Why an undeclared link of the project is kept, as text: its mark is copied, or it is protected. */
export function keptBecause(link: Link, project: string): string | undefined {
  if (!isOurs(link, project)) return 'carries the mark of this project in a changed form';
  if (isProtected(link)) return 'is protected';
  return undefined;
}

/** Deletes a link, and with `release` the group that held its allowlist. */
export function deleteLinkStep(
  region: RegionSnapshot,
  link: Link,
  owner: Owner,
  options: {
    readonly reason: string;
    readonly release: boolean;
    readonly timeoutMs?: number | undefined;
    readonly drainMs: number;
    /** See `DeleteLinkInput.unusedMs`. */
    readonly unusedMs?: number | undefined;
    /** Why it can never be bought again. */
    readonly ended?: string | undefined;
  },
): Step {
  const list = region.allowlists.find(({ linkId }) => linkId === link.id);
  const release = options.release && list?.owned === true && list.securityGroupId !== undefined;
  const input: DeleteLinkInput = {
    linkRef: linkRef(link),
    owner,
    release: release ? { networkId: networkOfLink(region, link) } : undefined,
    going: link.state === 'deleting' ? true : undefined,
    timeoutMs: options.timeoutMs,
    unusedMs: options.unusedMs,
  };
  const resource = { type: 'link', name: owner.integration, id: link.id } as const;
  const group = release ? list.securityGroupId : undefined;
  const fields = {
    id: `delete link ${owner.integration} (${link.id})`,
    kind: 'delete',
    resource,
    reason: `${options.reason}; ${nameAndAge(link)}`,
    ...waiting(options.drainMs),
    ...(options.ended === undefined ? {} : { warning: `it can never be bought again: ${options.ended}` }),
    ...(group === undefined ? {} : { changes: [{ field: 'security group', from: group }], ...heldBack(region, group) }),
  } as const;
  return step(fields, input);
}

/** The link's own name, which whoever approves the plan knows it by, and when it was created: `its name is orders, created 2026-05-01`. */
function nameAndAge({ name, createdAt }: Link): string {
  const since = createdAt === undefined ? '' : `, created ${createdAt.slice(0, 'yyyy-mm-dd'.length)}`;
  return name === '' ? `it has no name${since}` : `its name is ${name}${since}`;
}

/** Why the cloud will refuse to delete a group, where rules that name it were seen. */
function heldBack({ securityGroups }: RegionSnapshot, id: string): Pick<Step, 'warning'> {
  const networkId = securityGroups.find((group) => group.id === id)?.networkId;
  // A rule of a peered VPC becomes stale, and does not keep the group.
  const near = securityGroups.filter((group) => group.networkId === networkId);
  const rules = referencesTo(id, near);
  if (rules.length === 0) return {};
  return { warning: `${id} cannot be deleted while ${rules.join(', ')} references it: remove that rule first` };
}

/**
 * Groups of the project that no link uses: left behind by a run that ended before the link was created, or
 * after it was deleted.
 */
export function releaseSteps(
  region: RegionSnapshot,
  by: Claimant,
  {
    needed,
    may = (mark) => mayDelete(mark, by),
  }: {
    readonly needed?: (owner: Owner, networkId: string) => boolean;
    readonly may?: (mark: Owner | undefined) => boolean;
  } = {},
): readonly { readonly owner: Owner; readonly groupId: string; readonly step: Step }[] {
  const used = new Set(region.links.flatMap(({ securityGroupIds }) => securityGroupIds));
  return region.securityGroups.flatMap(({ id, networkId, owner }) => {
    if (owner === undefined || owner.unbound === true || !may(owner) || used.has(id)) return [];
    if (needed?.(owner, networkId) === true) return [];
    const resource = { type: 'allowlist', name: owner.integration, id } as const;
    const reason = 'it is managed by this project and no link uses it';
    const { project, spec, integration } = owner;
    const input = { linkKind: createdLinkKind(region), owner: { project, spec, integration }, networkId };
    return [
      {
        owner,
        groupId: id,
        step: step(
          {
            id: `release allowlist ${owner.integration} (${id})`,
            kind: 'delete',
            resource,
            reason,
            ...heldBack(region, id),
          },
          input,
        ),
      },
    ];
  });
}

/**
 * The managed resources of a gateway that no route uses, and the step that removes them. A resource left
 * behind by a run that could not create its route is kept where one of the `routes` to be created has the
 * same target: that route uses it. The step also removes names of routes from marks of resources that they do
 * not use, unless routes are created: a name may be that of one of them.
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
  const creates = routes.some(({ key }) => !isThere.has(key));
  const misnamed = creates ? [] : misnamedIntegrations(gateway, { project, spec });
  if (misnamed.length === 0) return undefined;
  const resource = { type: 'route', name: `marks of integrations of ${gateway.id}` } as const;
  const reason = `the marks of ${misnamed.join(', ')} name routes that do not lead there`;
  return step({ id, kind: 'tag', resource, reason }, input);
}

/** Those of the project whose marks name routes that do not lead to them, by ID. */
function misnamedIntegrations(
  { integrations }: Gateway,
  { project, spec }: Pick<Claimant, 'project' | 'spec'>,
): readonly string[] {
  const misnamed = integrations?.filter(
    ({ namesOthers, owner }) => namesOthers === true && owner?.project === project && owner.spec === spec,
  );
  return [...new Set(misnamed?.map(({ id }) => id))];
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
