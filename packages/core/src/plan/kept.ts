import type { Gateway } from '../model/gateway.js';
import type { Link } from '../model/link.js';
import type { Owner } from '../model/owner.js';
import type { IntegrationPlan } from './plan-integration.js';
import { ownershipOf, ownerText } from './ownership.js';
import { routeKeyOf, type Draft } from './draft.js';
import type { ResolvedSpec } from './resolve.js';

/**
 * Notes what of the project is not declared, names no spec in its mark, and is therefore kept: it may be another spec's. Not
 * where the spec names only a part of the project (`prune: false`).
 */
export function noteKept(
  draft: Draft,
  { snapshot }: Pick<ResolvedSpec, 'snapshot'>,
  integrations: readonly IntegrationPlan[],
  used: ReadonlySet<Link | undefined>,
): void {
  if (draft.prune !== undefined) return;
  const unassigned = (mark: Owner | undefined): boolean => ownershipOf(mark, draft) === 'unassigned';
  const needed = new Set(integrations.flatMap(({ targetIds }) => targetIds));
  const kept: string[] = [];
  for (const region of snapshot.regions) {
    for (const link of region.links) {
      if (unassigned(link.owner) && !used.has(link)) kept.push(`link ${link.owner?.integration} (${link.id})`);
    }
    for (const gateway of region.gateways) {
      const here = integrations.filter(({ resolved }) => resolved.region === region && resolved.gateway === gateway);
      const declared = new Set(here.flatMap(({ resolved }) => Object.keys(resolved.spec.routes)));
      for (const route of gateway.routes) {
        if (!unassigned(route.owner) || declared.has(route.key) || draft.leaving.has(routeKeyOf(gateway, route.id)))
          continue;
        kept.push(`route ${route.key} of ${gateway.id}`);
      }
    }
    for (const { id, owner } of region.targets) {
      if (unassigned(owner) && !needed.has(id)) kept.push(`target ${owner?.name ?? id} of ${owner?.integration}`);
    }
  }
  for (const one of kept) {
    draft.notes.push(
      `${one} belongs to project ${draft.project}, is not declared, and its mark names no spec: it is kept; --prune deletes it`,
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
    const some = list.slice(0, 5);
    const more = list.length > some.length ? `, and ${list.length - some.length} more` : '';
    draft.notes.push(`gateway ${gateway.id} has routes ${who}: ${some.join(', ')}${more}`);
  }
}
