import { linkKindsWith } from '../kinds/cloud/link-kinds.js';
import type { Clouds, OnClouds } from '../kinds/cloud/clouds.js';
import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../input/given-spec.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { Link } from '../model/link.js';
import type { Gateway } from '../model/gateway.js';
import { OWNER_TAG, PROJECT_TAG } from '../model/marks.js';
import type { Owner } from '../model/owner.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { joinParts, type PlanPart, type UnitPart, planScope, SPEC_REMOVED, type PlanScope } from './plan-scope.js';
import { finishPlan, refuseProtectedRoutes } from './finish-plan.js';
import { indexRegion } from '../world/index/region-index.js';
import { matching } from '../world/index/look-up.js';
import { requireComplete, collectProblems, type Problems } from '../world/resolve/problems.js';
import { giveUpLink, declaredLink, mayDestroy, type MayDestroy } from './removal/undeclared-links.js';
import { copiedGroupNotes } from './notes/kept.js';
import { keptBecause, releasedGroups } from './removal/delete-link-step.js';
import { linkOwner, lostHash, markedNames } from '../world/resolve/link-identity.js';
import { isAdopted, isProtected } from './links/make-link.js';
import { markUnused } from './links/mark-unused.js';
import { mayBeCopy, ownershipOf, ownerText } from '../model/ownership.js';
import { planOptionsForm, type Plan, type PlanOptions } from './plan.js';
import { configureStages, deletedStages } from './removal/configure-stages.js';
import { deployStages } from './removal/deploy-stages.js';
import { removeRoutes } from './removal/remove-routes.js';
import { keptForMoney, removeLinks, type LinkRemoval } from './removal/remove-links.js';
import { removeTargets } from './removal/remove-targets.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import { joinChanges, leavingUnits, type RouteChanges, unitRef, readParts } from './references.js';

/**
 * Plans the removal of everything that the spec owns in the regions of the snapshot (see `mayDestroy`):
 * routes first, then deployments, then targets that are resources, then links, then the groups of their
 * allowlists. Pure. A link that was adopted (by its tags, or because the spec names it by ID) is kept, and
 * its marks are removed. Resources of other owners and `owner: external` resources are kept. Links that cost
 * money to recreate are kept unless `options.deleteInstances`.
 *
 * ```ts
 * const plan = planDestroy(snapshot, spec, { clouds });
 * console.log(plan.notes); // what is kept, and why
 * ```
 *
 * @throws {InvalidInputError} `PROTECTED` when the spec protects a resource that would be deleted.
 * A region of which nothing could be read is skipped and listed in `Plan.unread`.
 * @throws {CloudError} the code of a gap: nothing is deleted while links or gateways of a region could not be
 *   read.
 */
export function planDestroy(
  snapshot: Snapshot,
  wanted: AnySpec,
  options: Pick<PlanOptions, 'deleteInstances' | 'prune'> & OnClouds,
): Plan {
  const clouds = givenClouds('planDestroy', options);
  const spec = givenSpec('planDestroy', wanted, clouds);
  checkArgument('planDestroy', 'snapshot', snapshotArgument, snapshot);
  checkArgument('planDestroy', 'options', planOptionsForm, options, { open: true });
  const may = mayDestroy(spec, options.prune);
  return planRemoval(snapshot, spec, clouds, may, options, (scope, read, unread) => [
    ...restNotes(scope, read, may),
    ...(unread ? [] : goneNotes(scope, read, spec)),
    ...copiedGroupNotes(scope, read),
  ]);
}

/**
 * Plans the removal of what `may` says, of what the spec owns. `notesOf`: the notes about what stays, by what was read.
 * @throws as `planDestroy` does.
 */
export function planRemoval(
  snapshot: Snapshot,
  spec: Spec,
  clouds: Clouds,
  may: MayDestroy,
  options: Pick<PlanOptions, 'deleteInstances' | 'prune'>,
  notesOf: (scope: PlanScope, read: Snapshot, isPart: boolean) => readonly string[] = () => [],
): Plan {
  const problems = collectProblems(spec);
  // The caller of a removal requested what the snapshot contains; the commands read everything first.
  const scope = planScope({
    project: spec.project,
    spec: spec.spec,
    ...options,
    clouds,
    reason: SPEC_REMOVED,
    snapshot,
    scope: 'all',
  });
  const { unread, snapshot: read } = readParts(snapshot, spec);
  const removed = read.regions.map((region) => removeRegion(scope, region, spec, may, problems));
  problems.check();
  const part = joinParts([...removed, { notes: notesOf(scope, read, unread.length > 0) }]);
  const incomplete = removed.flatMap((one) => one.incomplete);
  return finishPlan({ clouds, spec, snapshot, part, goal: 'destroy', options, unchanged: 0, incomplete, unread });
}

/** The removal of what the spec owns in a region; `incomplete`: what may be left there. */
function removeRegion(
  scope: PlanScope,
  region: RegionSnapshot,
  spec: Spec,
  may: MayDestroy,
  problems: Problems,
): PlanPart & { readonly incomplete: readonly string[] } {
  requireComplete(region, 'links');
  requireComplete(region, 'gateways');
  const named = namedLinks(scope, spec, region);
  const gateways = region.gateways.map((gateway) =>
    removeGateway(scope, region, gateway, { spec, may, named }, problems),
  );
  const changes = joinChanges(gateways.map((one) => one.changes));
  const targets = removeTargets(scope, changes, region, new Set(), may.target);
  const links = removeOwnLinks(scope, changes, region, { spec, may, named }, problems);
  const units = joinParts([...gateways.map((one) => one.part), targets, links]);
  return {
    ...joinParts([
      units,
      markUnused(scope, changes, region, units.units),
      { units: releasedGroups(scope.clouds, region, scope, { may: may.link }) },
    ]),
    incomplete: [...unreadOwn(region, scope.clouds), ...brokenMarks(region, spec), ...links.incomplete],
  };
}

/** What decides about the resources of a region. */
interface Removal {
  readonly spec: Spec;
  readonly may: MayDestroy;
  /** The links that the spec names. */
  readonly named: ReadonlyMap<string, LinkSpec>;
}

function removeGateway(
  scope: PlanScope,
  region: RegionSnapshot,
  gateway: Gateway,
  { spec, may, named }: Removal,
  problems: Problems,
): { readonly part: PlanPart; readonly changes: RouteChanges } {
  const removed = removeRoutes(
    scope,
    region,
    gateway,
    new Set(),
    (id) => named.has(id),
    (mark, route) => may.route(mark, route, gateway),
  );
  const changes = joinChanges([removed.changes]);
  const stages = deployStages(scope, changes.leaving, region, gateway, [], {
    changed: removed.routes.length > 0,
    remaining: gateway.routes.length - removed.routes.length,
    stages: [],
    after: leavingUnits(changes, gateway),
    ends: true,
  });
  refuseProtectedRoutes(scope, changes, gateway, spec, problems);
  const integrations = Object.values(spec.integrations).filter(
    ({ owner, gateway: one }) => owner !== 'external' && gatewayId(one) === gateway.id,
  );
  const settings = configureStages(scope, region, gateway, {
    integrations,
    gone: removed.routes.map(({ key }) => key),
    remaining: gateway.routes.length - removed.routes.length,
    after: leavingUnits(changes, gateway),
    ends: true,
    deleted: deletedStages(stages.part.units),
  });
  return { part: joinParts([removed.part, stages.part, settings]), changes: joinChanges([changes, stages.changes]) };
}

function removeOwnLinks(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  { spec, may, named }: Removal,
  problems: Problems,
): Partial<PlanPart> & { readonly incomplete: readonly string[] } {
  const used = new Set<string>();
  const removals: LinkRemoval[] = [];
  const givenUp: UnitPart[] = [];
  const notes: string[] = [];
  const incomplete: string[] = [];
  for (const link of region.links) {
    const owner = linkOwner(region, link);
    if (!may.link(owner, link) || named.get(link.id)?.owner === 'external') continue;

    const kept = keptBecause(link, spec.project);
    const name = owner.integration;
    const declared = named.get(link.id) ?? declaredLink(spec, name);
    const forMoney = keptForMoney(scope, region, link);
    const wasAdopted = named.has(link.id) || isAdopted(link);
    // The tags of a link that the spec names by its ID are removed also where they were changed, unless one protects it.
    const isNamed = named.has(link.id) && link.owner !== undefined;
    if (forMoney !== undefined && !wasAdopted) notes.push(forMoney);
    else if (kept === 'is protected' || (isNamed && isProtected(link)) || declared?.protect === true) {
      const path = Object.hasOwn(spec.links, name) ? `links.${name}` : undefined;
      const remedy = `Remove \`protect\` from link ${name} and apply that first.`;
      problems.add('PROTECTED', path, `link ${link.id} is protected`, { remedy });
    } else if (kept !== undefined && !isNamed) {
      notes.push(`link ${link.id} ${kept}: it is kept`);
      if (lostHash(region, link))
        incomplete.push(`${leftLink(link)}; run apply, which completes the tag, then destroy`);
    } else {
      const unit = unitRef('link-removal', name, used.has(name) ? link.id : undefined);
      used.add(name);
      if (wasAdopted) {
        givenUp.push(...giveUpLink(changes, region, link, unit));
        continue;
      }

      const timeoutMs = declared?.timeouts?.deleteMs;
      // A rename that ended between tag and name left the former name.
      const names = [...(declared?.name === undefined ? [] : [declared.name]), ...markedNames(spec, name)];
      removals.push({ link, unit, reason: scope.reason, names, release: true, timeoutMs });
    }
  }
  const { part, kept } = removeLinks(scope, changes, region, removals);
  return { ...joinParts([{ notes, units: givenUp }, part]), incomplete: [...incomplete, ...kept] };
}

/** Links whose tags of this spec are not a complete mark: `destroy` cannot determine whether they were copied. */
function brokenMarks({ links }: RegionSnapshot, { project, spec }: Spec): readonly string[] {
  return links
    .filter(({ owner, tags }) => owner === undefined && tags[PROJECT_TAG] === project && tags[OWNER_TAG] === spec)
    .map((link) => `${leftLink(link)}; delete it, or write the tag again and run destroy`);
}

function leftLink({ id }: Link): string {
  return `link ${id} is left: it carries tags of this spec, but its mark lacks a tag`;
}

/** Lists of managed resources, other than links and gateways, that could not be read: resources may be left there. */
function unreadOwn(region: RegionSnapshot, clouds: Clouds): readonly string[] {
  const trait = { securityGroups: 'allowlistNeedsCreation', targets: 'targetsAreResources' } as const;
  return region.gaps
    .filter(
      ({ of }) =>
        (of === 'securityGroups' || of === 'targets') && linkKindsWith(clouds, region.provider, trait[of]).length > 0,
    )
    .map(
      ({ what, code, permission }) =>
        `${what} in ${region.region} could not be read (${code}), so some of the project may be left there; ${permission === undefined ? 'run destroy again' : `allow ${permission} and run destroy again`}`,
    );
}

/** Lists the resources of the project that are kept, with their owners. */
function restNotes(
  scope: PlanScope,
  { regions }: Snapshot,
  may: { readonly [kind in keyof MayDestroy]: (...of: Parameters<MayDestroy[kind]>) => boolean },
): readonly string[] {
  const notes: string[] = [];
  const note = (what: string, mark: Owner): void => {
    const remedy = mayBeCopy(mark, scope) ? '; --prune deletes it' : '';
    notes.push(`${what} is ${ownerText(mark, scope)}: it is kept${remedy}`);
  };
  const stays = (mark: Owner | undefined): mark is Owner => ownershipOf(mark, scope) !== 'foreign';
  for (const region of regions) {
    const { links, gateways, targets } = region;
    for (const link of links) {
      const owner = linkOwner(region, link);
      if (stays(owner) && !may.link(owner)) note(`link ${owner.integration} (${link.id})`, owner);
    }
    for (const gateway of gateways) {
      for (const route of gateway.routes) {
        const { owner, key } = route;
        if (stays(owner) && !may.route(owner, route, gateway)) note(`route ${key} of ${gateway.id}`, owner);
      }
    }
    for (const { id, owner } of targets) if (stays(owner) && !may.target(owner)) note(`target ${id}`, owner);
  }
  return notes;
}

/** Names the gateways of the spec that do not exist any more: nothing of them is left to delete. */
function goneNotes({ clouds }: PlanScope, { regions }: Snapshot, { integrations }: Spec): readonly string[] {
  if (regions.length === 0) return [];

  const indexes = regions.map((region) => indexRegion(region, clouds));
  return [...new Set(Object.values(integrations).map(({ gateway }) => gatewayId(gateway)))]
    .filter((id) => indexes.every((region) => region.find('gateways', id).is === 'absent'))
    .map((id) => `gateway ${id} does not exist: nothing of it is left to delete`);
}

/** Links of a region that the spec names by ID, name or tag, with their part of the spec. */
function namedLinks({ clouds }: PlanScope, spec: Spec, region: RegionSnapshot): ReadonlyMap<string, LinkSpec> {
  const named = new Map<string, LinkSpec>();
  const index = indexRegion(region, clouds);
  for (const [name, link] of Object.entries(spec.links)) {
    const by = link.id ?? (link.owner === 'external' ? { name: link.name ?? name } : undefined);
    if (by === undefined || link.provider !== region.provider || link.region !== region.region) continue;

    for (const { id } of matching(index, 'links', by)) named.set(id, link);
  }
  return named;
}
