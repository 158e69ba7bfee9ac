import type { Link } from '../../model/link.js';
import { mayChange } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import { joinParts, type PlanPart, type UnitPart } from '../plan-part.js';
import type { PlanScope } from '../plan-scope.js';
import type { RouteChanges } from '../route-changes.js';
import { requireComplete } from '../../world/resolve/problems.js';
import { keptBecause, releasedGroups } from './delete-link-step.js';
import { isOurs, networkOfLink } from '../../world/resolve/link-identity.js';
import { giveUpLink } from './give-up.js';
import { type LinkPlan, ownGroup } from '../links/link-plan.js';
import { isAdopted } from '../links/link-marks.js';
import { linkOwner } from '../../world/resolve/lost-marks.js';
import { mayDelete } from '../../model/ownership.js';
import { removeLinks, type LinkRemoval } from './remove-links.js';
import type { ResolvedSpec } from '../../world/resolve/resolve.js';
import { unitRef } from '../references.js';

/** Ids of the links that the spec names by id, external ones included. */
export function knownLinks({ links }: ResolvedSpec): ReadonlySet<string> {
  return new Set([...links.values()].flatMap(({ given }) => given?.id ?? []));
}

/** Deletes the links that a link of the spec replaces. */
export function removeReplaced(
  scope: PlanScope,
  changes: RouteChanges,
  { resolved, current, replaced, steps, sharing }: LinkPlan,
  kept: ReadonlySet<string>,
  narrowing: readonly UnitPart[],
): PlanPart {
  const { name, region, spec } = resolved;
  // A managed group serves the old and the new link alike when both are in one network.
  const isShared = (link: Link): boolean =>
    spec.allowlist !== undefined && networkOfLink(region, link) === resolved.networkId;
  // A former run may have ended between deleting a link and removing its group: then the link's end is awaited again.
  const going = region.links.filter(
    (link) =>
      link.state === 'deleting' &&
      link.owner?.integration === name &&
      isOurs(link, scope.project) &&
      mayChange(link.owner, scope) &&
      !isShared(link) &&
      ownGroup(region, link) !== undefined,
  );
  const before = steps.length > 0 ? [unitRef('link', name).id] : [];
  // The allowlist is narrowed on the link that is replaced, while that exists.
  const narrow = unitRef('link-narrowing', name, 'narrow').id;
  if (sharing !== undefined && narrowing.some(({ unit }) => unit.id === narrow)) before.push(narrow);
  const removals: LinkRemoval[] = [];
  const givenUp: Partial<PlanPart>[] = [];
  for (const link of [...replaced.filter(({ id }) => !kept.has(id)), ...going]) {
    const unit = unitRef('link-removal', name, link.id);
    if (isAdopted(link)) {
      givenUp.push({ notes: [givenUpNote(link)], units: giveUpLink(changes, region, link, unit, before) });
      continue;
    }

    removals.push({
      link,
      unit,
      names: spec.name === undefined ? [] : [spec.name],
      reason: current === undefined ? 'a new link replaces it' : `${current.id} replaces it`,
      twinId: current?.owner?.specHash === link.owner?.specHash ? current?.id : undefined,
      release: !isShared(link),
      after: before,
      timeoutMs: spec.timeouts?.deleteMs,
    });
  }
  return joinParts([...givenUp, removeLinks(scope, changes, region, removals).part]);
}

/**
 * Deletes links, and groups for allowlists, of this spec that are not declared any more; with `prune` also
 * those of no spec.
 */
export function removeUndeclared(
  scope: PlanScope,
  changes: RouteChanges,
  resolved: ResolvedSpec,
  links: ReadonlyMap<string, LinkPlan>,
): PlanPart {
  const { project } = scope;
  const parts: Partial<PlanPart>[] = [];
  const known = knownLinks(resolved);
  const planned = new Set([...links.values()].flatMap(({ current, replaced }) => [current, ...replaced]));
  for (const region of resolved.snapshot.regions) {
    const here = [...links.values()].filter(({ resolved: link }) => link.region === region);
    const names = new Set(
      here.filter(({ resolved: { given } }) => given === undefined).map((one) => one.resolved.name),
    );
    const removals: LinkRemoval[] = [];
    for (const link of region.links) {
      const owner = linkOwner(region, link);
      if (owner === undefined || !mayDelete(owner, scope) || names.has(owner.integration)) continue;
      if (known.has(link.id) || planned.has(link)) continue;

      requireComplete(region, 'gateways');
      const kept = keptBecause(link, project);
      const unit = unitRef('link-removal', owner.integration, link.id);
      if (kept !== undefined) parts.push({ notes: [`link ${link.id} is not declared and ${kept}: it is kept`] });
      else if (isAdopted(link))
        parts.push({ notes: [givenUpNote(link)], units: giveUpLink(changes, region, link, unit) });
      else removals.push({ link, unit, reason: scope.reason, release: true });
    }
    parts.push(removeLinks(scope, changes, region, removals).part);
    const needed = ({ integration }: Owner, networkId: string): boolean =>
      here.some(
        ({ resolved: link }) =>
          link.name === integration && link.spec.allowlist !== undefined && (link.networkId ?? networkId) === networkId,
      );
    parts.push({ units: releasedGroups(scope.clouds, region, scope, { needed }) });
  }
  return joinParts(parts);
}

function givenUpNote({ id }: Link): string {
  return `link ${id} was adopted, not created, and is not declared any more: its marks are removed, and it is kept`;
}
