import type { Link } from '../../model/link.js';
import { mayChange, MARK_TAGS } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import { joinParts, type PlanPart, type UnitPart, type PlanScope } from '../plan-scope.js';
import { requireComplete } from '../../world/resolve/problems.js';
import { keptBecause, releasedGroups } from './delete-link-step.js';
import { isOurs, networkOfLink, linkOwner, markedNames } from '../../world/resolve/link-identity.js';
import { type LinkPlan, ownGroup } from '../links/link-plan.js';
import { isAdopted, ADOPTED_TAG } from '../links/make-link.js';
import { mayDelete, ownershipOf } from '../../model/ownership.js';
import { removeLinks, type LinkRemoval } from './remove-links.js';
import type { ResolvedSpec } from '../../world/resolve/resolve.js';
import { type RouteChanges, unitRef, routeKeyOf, type UnitRef } from '../references.js';
import { linkRef } from '../../model/reference.js';
import { UNUSED_TAG } from '../../model/moves.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { PROTECT_TAG } from '../../world/link-facts.js';
import { step, type GiveUpLinkInput } from '../step-input.js';
import { gatewayId } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../../spec.js';
import type { Target } from '../../model/target.js';

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

/** Postern's tags on a link. */
export const LINK_TAGS: readonly string[] = [...MARK_TAGS, PROTECT_TAG, ADOPTED_TAG, UNUSED_TAG];

/**
 * The step that releases a link which Postern adopted and did not create, by its tags or by the spec: the marks are
 * removed, and the link is kept. It runs after the removal of the routes that use it, and after the units `before`.
 */
export function giveUpLink(
  { leaving }: Pick<RouteChanges, 'leaving'>,
  region: RegionSnapshot,
  link: Link,
  unit: UnitRef,
  before: readonly string[] = [],
  reason = 'it was adopted by ID, not created: its marks are removed, and the link is kept',
): readonly UnitPart[] {
  const { owner } = link;
  if (owner === undefined) return [];

  const untag = LINK_TAGS.filter((key) => Object.hasOwn(link.tags, key));
  const input: GiveUpLinkInput = { linkRef: linkRef(link), owner, untag };
  const after = region.gateways.flatMap((gateway) =>
    gateway.routes
      .filter(({ linkId }) => linkId === link.id)
      .flatMap(({ id }) => leaving.get(routeKeyOf(gateway, id)) ?? []),
  );
  const giveUp = step(
    {
      id: `give up link ${owner.integration} (${link.id})`,
      kind: 'tag',
      resource: { type: 'link', name: owner.integration, id: link.id },
      reason,
      changes: untag.map((key) => ({ field: `tag ${key}`, from: link.tags[key] })),
    },
    input,
  );
  return [{ unit, region, steps: [giveUp], dependsOn: [...before, ...after] }];
}

/** Whether what carries a mark may be removed: a link or its group, a target, or a route of a gateway. */
export interface MayDestroy {
  readonly link: (mark: Owner | undefined, link?: Link) => mark is Owner;
  readonly target: (mark: Owner | undefined, target?: Target) => mark is Owner;
  readonly route: (mark: Owner | undefined, route?: Route, gateway?: Gateway) => mark is Owner;
}

/**
 * The resources that `destroy` removes: those with this spec's identity; of those whose mark may be a copy, only what this spec declares,
 * unless `prune`.
 */
export function mayDestroy(spec: Spec, prune: boolean | undefined): MayDestroy {
  const may = (mark: Owner | undefined, declares: (mark: Owner) => boolean): mark is Owner =>
    ownershipOf(mark, spec) === 'own' && (mark?.unbound !== true || prune === true || declares(mark));
  const declared = ({ integration }: Owner, has: (one: IntegrationSpec) => boolean): boolean =>
    Object.entries(spec.integrations).some(([name, one]) => name === integration && has(one));
  return {
    link: (mark): mark is Owner => may(mark, ({ integration }) => declaredLink(spec, integration) !== undefined),
    target: (mark): mark is Owner =>
      may(mark, (owner) => declared(owner, ({ targets }) => Object.keys(targets).some((one) => one === owner.name))),
    route: (mark, route, gateway): mark is Owner =>
      may(mark, (owner) =>
        declared(
          owner,
          (one) =>
            route !== undefined && gatewayId(one.gateway) === gateway?.id && Object.hasOwn(one.routes, route.key),
        ),
      ),
  };
}

/** The link of the spec with that name, now or before. */
export function declaredLink(spec: Spec, marked: string): LinkSpec | undefined {
  return Object.entries(spec.links).find(([name]) => markedNames(spec, name).includes(marked))?.[1];
}
