import { fewText } from '../../../ground/text/few-text.js';
import type { Gateway } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import { ownerFromTags } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import { isSamePlace } from '../../model/product.js';
import { isSameRef } from '../../model/reference.js';
import type { IntegrationPlan } from '../plan-integration.js';
import { isUnassigned, lackOf, ownershipOf, ownerText } from '../../model/ownership.js';
import { routeKeyOf, type Draft } from '../draft.js';
import { unusedIntegrations } from '../removal/undeclared-routes.js';
import { replacedTargets } from '../removal/remove-targets.js';
import type { ResolvedSpec } from '../../world/resolve/resolve.js';
import type { Snapshot } from '../../snapshot/snapshot.js';

/**
 * Notes the undeclared resources of the project that are kept because their mark names no spec, or has no
 * hash of the resource: they may belong to another spec, or the mark may be a copy. Not where the spec names
 * only a part of the project (`prune: false`).
 */
export function noteKept(
  draft: Draft,
  { snapshot }: Pick<ResolvedSpec, 'snapshot'>,
  integrations: readonly IntegrationPlan[],
  used: ReadonlySet<Link | undefined>,
): void {
  if (draft.prune !== undefined) return;
  const unassigned = (mark: Owner | undefined): mark is Owner => isUnassigned(mark, draft);
  const isReplaced = replacedTargets(draft, integrations);
  const needed = new Set(integrations.flatMap(({ targetIds }) => targetIds));
  const kept: { readonly what: string; readonly owner: Owner }[] = [];
  for (const region of snapshot.regions) {
    for (const link of region.links) {
      if (unassigned(link.owner) && !used.has(link))
        kept.push({ what: `link ${link.owner.integration} (${link.id})`, owner: link.owner });
    }
    for (const gateway of region.gateways) {
      const here = integrations.filter(
        ({ resolved }) => isSameRef(resolved.gateway, gateway) && isSamePlace(resolved.region, region),
      );
      const declared = new Set(here.flatMap(({ resolved }) => Object.keys(resolved.spec.routes)));
      for (const route of gateway.routes) {
        if (!unassigned(route.owner) || declared.has(route.key) || draft.leaving.has(routeKeyOf(gateway, route.id)))
          continue;
        kept.push({ what: `route ${route.key} of ${gateway.id}`, owner: route.owner });
      }
      for (const { id, owner } of unusedIntegrations(gateway))
        if (unassigned(owner) && owner.unbound === true)
          kept.push({ what: `integration ${id} of ${gateway.id}`, owner });
    }
    for (const target of region.targets) {
      const { id, owner } = target;
      if (unassigned(owner) && !needed.has(id) && !isReplaced(region, target))
        kept.push({ what: `target ${owner.name ?? id} of ${owner.integration}`, owner });
    }
  }
  for (const { what, owner } of kept) {
    draft.notes.push(
      `${what} belongs to project ${draft.project}, is not declared, and its mark ${lackOf(owner)}: it is kept; --prune deletes it`,
    );
  }
}

/** Notes which routes of a gateway are another spec's of the project: they are never changed. */
export function noteOtherSpecs(draft: Draft, gateway: Gateway): void {
  const keys = new Map<string, string[]>();
  for (const { key, owner } of gateway.routes) {
    if (ownershipOf(owner, draft) !== 'other-spec') continue;
    const who = ownerText(owner, draft);
    keys.set(who, [...(keys.get(who) ?? []), key]);
  }
  for (const [who, list] of keys) {
    draft.notes.push(`gateway ${gateway.id} has routes ${who}: ${fewText(list, 5)}`);
  }
}

/**
 * Notes security groups that carry the project's tags, but not Postern's name and description: the tags are
 * copied.
 */
export function noteCopiedGroups(draft: Draft, { regions }: Pick<Snapshot, 'regions'>): void {
  for (const { securityGroups } of regions) {
    for (const { id, name, owner, tags } of securityGroups) {
      if (owner !== undefined || ownerFromTags(tags)?.project !== draft.project) continue;
      draft.notes.push(
        `security group ${id} (${name}) carries the tags of project ${draft.project}, but its name or description differs: it is not changed`,
      );
    }
  }
}
