import { fewText } from '../../../ground/text/quantities.js';
import type { Gateway } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import { ownerFromTags } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import { isSamePlace } from '../../model/traits.js';
import { isSameRef } from '../../model/reference.js';
import type { IntegrationPlan } from '../plan-integration.js';
import { MAY_BE_COPY, mayBeCopy, ownershipOf, ownerText } from '../../model/ownership.js';
import type { PlanScope } from '../plan-scope.js';
import { routeKeyOf, type RouteChanges } from '../references.js';
import { unusedIntegrations } from '../removal/undeclared-routes.js';
import { replacedTargets } from '../removal/remove-targets.js';
import type { ResolvedSpec } from '../../world/resolve/resolve.js';
import type { Snapshot } from '../../snapshot/snapshot.js';

/**
 * Names the undeclared resources that are kept because their mark may be a copy. Not where the spec names only a part of the project
 * (`prune: false`).
 */
export function keptNotes(
  scope: PlanScope,
  { leaving }: RouteChanges,
  { snapshot }: Pick<ResolvedSpec, 'snapshot'>,
  integrations: readonly IntegrationPlan[],
  used: ReadonlySet<Link | undefined>,
): readonly string[] {
  if (scope.prune !== undefined) return [];

  const isCopy = (mark: Owner | undefined): mark is Owner => mayBeCopy(mark, scope);
  const isReplaced = replacedTargets(scope, integrations);
  const needed = new Set(integrations.flatMap(({ targetIds }) => targetIds));
  const kept: string[] = [];
  for (const region of snapshot.regions) {
    for (const link of region.links) {
      if (isCopy(link.owner) && !used.has(link)) kept.push(`link ${link.owner.integration} (${link.id})`);
    }
    for (const gateway of region.gateways) {
      const here = integrations.filter(
        ({ resolved }) => isSameRef(resolved.gateway, gateway) && isSamePlace(resolved.region, region),
      );
      const declared = new Set(here.flatMap(({ resolved }) => Object.keys(resolved.spec.routes)));
      for (const route of gateway.routes) {
        if (!isCopy(route.owner) || declared.has(route.key) || leaving.has(routeKeyOf(gateway, route.id))) continue;

        kept.push(`route ${route.key} of ${gateway.id}`);
      }
      for (const { id, owner } of unusedIntegrations(gateway))
        if (isCopy(owner)) kept.push(`integration ${id} of ${gateway.id}`);
    }
    for (const target of region.targets) {
      const { id, owner } = target;
      if (isCopy(owner) && !needed.has(id) && !isReplaced(region, target))
        kept.push(`target ${owner.name ?? id} of ${owner.integration}`);
    }
  }
  return kept.map(
    (what) =>
      `${what} belongs to project ${scope.project}, is not declared, and its mark ${MAY_BE_COPY}: it is kept; --prune deletes it`,
  );
}

/** Names the managed routes whose authorizer the spec does not have: one that was taken out of it stays. */
export function authorizerNotes(scope: PlanScope, integrations: readonly IntegrationPlan[]): readonly string[] {
  return integrations.flatMap(({ resolved: { gateway, spec } }) => {
    const kept = gateway.routes.filter(({ key, owner, settings: { authorizer = 'none' } = {} }) => {
      const isManaged = Object.hasOwn(spec.routes, key) && ownershipOf(owner, scope) === 'own';
      return isManaged && authorizer !== 'none' && spec.settings?.[key]?.authorizer === undefined;
    });
    const named = kept.map(({ key, settings }) => `${key} (${settings?.authorizer})`);
    return kept.length === 0
      ? []
      : [
          `routes of ${gateway.id} keep an authorizer that the spec does not declare: ${fewText(named, 5)}; \`authorizer: none\` removes it`,
        ];
  });
}

/** Names the routes of a gateway that are another spec's of the project: they are never changed. */
export function otherSpecNotes(scope: PlanScope, gateway: Gateway): readonly string[] {
  const keys = new Map<string, string[]>();
  for (const { key, owner } of gateway.routes) {
    if (ownershipOf(owner, scope) !== 'other-spec') continue;

    const who = ownerText(owner, scope);
    keys.set(who, [...(keys.get(who) ?? []), key]);
  }
  return [...keys].map(([who, list]) => `gateway ${gateway.id} has routes ${who}: ${fewText(list, 5)}`);
}

/**
 * Names security groups that carry the project's tags, but not Postern's name and description: the tags are copied.
 */
export function copiedGroupNotes({ project }: PlanScope, { regions }: Pick<Snapshot, 'regions'>): readonly string[] {
  return regions
    .flatMap(({ securityGroups }) => securityGroups)
    .filter(({ owner, tags }) => owner === undefined && ownerFromTags(tags)?.project === project)
    .map(
      ({ id, name }) =>
        `security group ${id} (${name}) carries the tags of project ${project}, but its name or description differs: it is not changed`,
    );
}
