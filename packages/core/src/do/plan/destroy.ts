import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../input/argument-forms.js';
import { givenSpec, type AnySpec } from '../input/given-spec.js';
import { planOptionsForm } from './plan-form.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../model/spec.js';
import type { Link } from '../model/link.js';
import type { Gateway } from '../model/gateway.js';
import { OWNER_TAG, PROJECT_TAG } from '../model/marks.js';
import type { Owner } from '../model/owner.js';
import type { Route } from '../model/route.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { emptyDraft, routeKeyOf, SPEC_REMOVED, type Draft } from './draft.js';
import { finishPlan } from './finish-plan.js';
import { indexRegion } from '../world/index/region-index.js';
import { matching } from '../world/index/look-up.js';
import { requireComplete } from '../world/resolve/gaps.js';
import { giveUpLink } from './removal/give-up.js';
import { noteCopiedGroups } from './notes/kept.js';
import { keptBecause, releaseSteps } from './removal/undeclared-routes.js';
import { linkOwner, lostHash } from '../world/resolve/lost-marks.js';
import { isAdopted } from './links/link-marks.js';
import { markUnused } from './links/mark-unused.js';
import { isRouteTest } from './removal/route-test.js';
import { markedNames } from '../world/resolve/marked-names.js';
import { isUnassigned, ownershipOf, ownerText } from '../model/ownership.js';
import type { Plan, PlanOptions } from './plan.js';
import { collectProblems } from '../world/resolve/problems.js';
import { refuseProtectedRoutes } from './protected.js';
import { deployStages, removeRoutes } from './removal/remove-routes.js';
import { keptForMoney, removeLinks, type LinkRemoval } from './removal/remove-links.js';
import { removeTargets } from './removal/remove-targets.js';
import { traitsOf } from '../kinds/traits.js';
import { gatewayId } from '../kinds/gateway/gateway-kinds.js';
import { unitRef } from './unit-ref.js';
import { readParts } from './unread-parts.js';

/**
 * Plans the removal of everything that the spec owns in the regions of the snapshot (see `mayDestroy`):
 * routes first, then deployments, then targets that are resources, then links, then the groups of their
 * allowlists. Pure. A link that was adopted (by its tags, or because the spec names it by ID) is kept, and
 * its marks are removed. Resources of other owners and `owner: external` resources are kept. Links that cost
 * money to recreate are kept unless `options.deleteInstances`.
 * @throws {InvalidInputError} `PROTECTED` when the spec protects a resource that would be deleted.
 * A region of which nothing could be read is skipped and listed in `Plan.unread`.
 * @throws {CloudError} the code of a gap: nothing is deleted while links or gateways of a region could not be
 *   read.
 */
export function planDestroy(
  snapshot: Snapshot,
  wanted: AnySpec,
  options: Pick<PlanOptions, 'deleteInstances' | 'prune'> = {},
): Plan {
  const spec = givenSpec('planDestroy', wanted);
  checkArgument('planDestroy', 'snapshot', snapshotArgument, snapshot);
  checkArgument('planDestroy', 'options', planOptionsForm, options, { open: true });
  const problems = collectProblems(spec);
  const { deleteInstances, prune } = options;
  const { project } = spec;
  // The caller of a removal requested what the snapshot contains; the commands read everything first.
  const draft = emptyDraft({
    project,
    spec: spec.spec,
    prune,
    reason: SPEC_REMOVED,
    deleteInstances,
    snapshot,
    scope: 'all',
  });
  const incomplete: string[] = [];
  const may = mayDestroy(spec, prune);
  const { unread, snapshot: read } = readParts(snapshot, spec);
  for (const region of read.regions) {
    requireComplete(region, 'links');
    requireComplete(region, 'gateways');
    incomplete.push(...unreadOwn(region), ...brokenMarks(region, spec));
    const named = namedLinks(spec, region);
    for (const gateway of region.gateways) {
      const removed = removeRoutes(
        draft,
        region,
        gateway,
        new Set(),
        (id) => named.has(id),
        (mark, route) => may.route(mark, route, gateway),
      );
      const after = gateway.routes.flatMap(({ id }) => draft.leaving.get(routeKeyOf(gateway, id)) ?? []);
      deployStages(draft, region, gateway, [], {
        changed: removed.length > 0,
        remaining: gateway.routes.length - removed.length,
        stages: [],
        after,
        ends: true,
      });
      refuseProtectedRoutes(draft, gateway, spec, problems);
    }
    removeTargets(draft, region, new Set(), may.target);
    const used = new Set<string>();
    const removals: LinkRemoval[] = [];
    for (const link of region.links) {
      const owner = linkOwner(region, link);
      if (!may.link(owner) || named.get(link.id)?.owner === 'external') continue;
      const kept = keptBecause(link, spec.project);
      const name = owner.integration;
      const declared = named.get(link.id) ?? declaredLink(spec, name);
      const forMoney = keptForMoney(draft, region, link);
      const wasAdopted = named.has(link.id) || isAdopted(link);
      if (forMoney !== undefined && !wasAdopted) draft.notes.push(forMoney);
      else if (kept === 'is protected' || declared?.protect === true) {
        problems.add(
          'PROTECTED',
          Object.hasOwn(spec.links, name) ? `links.${name}` : undefined,
          `link ${link.id} is protected`,
          {
            remedy: `Remove \`protect\` from link ${name} and apply that first.`,
          },
        );
      } else if (kept !== undefined) {
        draft.notes.push(`link ${link.id} ${kept}: it is kept`);
        if (lostHash(region, link))
          incomplete.push(`${leftLink(link)}; run apply, which completes the tag, then destroy`);
      } else {
        const unit = unitRef('link-removal', name, used.has(name) ? link.id : undefined);
        used.add(name);
        if (wasAdopted) {
          giveUpLink(draft, region, link, unit);
          continue;
        }
        const timeoutMs = declared?.timeouts?.deleteMs;
        // A rename that ended between tag and name left the former name.
        const names = [...(declared?.name === undefined ? [] : [declared.name]), ...markedNames(spec, name)];
        removals.push({ link, unit, reason: draft.reason, names, release: true, timeoutMs });
      }
    }
    incomplete.push(...removeLinks(draft, region, removals));
    markUnused(draft, region);
    for (const { owner, groupId, step } of releaseSteps(region, draft, { may: may.link })) {
      draft.units.add(unitRef('allowlist-removal', owner.integration, groupId), region, [step]);
    }
  }
  problems.check();
  noteRest(draft, read, may);
  if (unread.length === 0) noteGone(draft, read, spec);
  noteCopiedGroups(draft, read);
  return finishPlan({ spec, snapshot, draft, goal: 'destroy', options, unchanged: 0, incomplete, unread });
}

/**
 * Links whose tags of this spec are not a complete mark: `destroy` cannot determine whether they were copied.
 */
function brokenMarks({ links }: RegionSnapshot, { project, spec }: Spec): readonly string[] {
  return links
    .filter(({ owner, tags }) => owner === undefined && tags[PROJECT_TAG] === project && tags[OWNER_TAG] === spec)
    .map((link) => `${leftLink(link)}; delete it, or write the tag again and run destroy`);
}

function leftLink({ id }: Link): string {
  return `link ${id} is left: it carries tags of this spec, but its mark lacks a tag`;
}

/**
 * Lists of managed resources, other than links and gateways, that could not be read: resources may be left
 * there.
 */
function unreadOwn(region: RegionSnapshot): readonly string[] {
  const { allowlistNeedsCreation, targetsAreResources } = traitsOf(region);
  return region.gaps
    .filter(
      ({ of }) => (of === 'securityGroups' && allowlistNeedsCreation) || (of === 'targets' && targetsAreResources),
    )
    .map(
      ({ what, code, permission }) =>
        `${what} in ${region.region} could not be read (${code}), so some of the project may be left there; ${permission === undefined ? 'run destroy again' : `allow ${permission} and run destroy again`}`,
    );
}

/** Whether what carries a mark may be removed: a link or its group, a target, or a route of a gateway. */
export interface MayDestroy {
  readonly link: (mark: Owner | undefined) => mark is Owner;
  readonly target: (mark: Owner | undefined) => mark is Owner;
  readonly route: (mark: Owner | undefined, route?: Route, gateway?: Gateway) => mark is Owner;
}

/**
 * The resources that `destroy` removes: those with this spec's identity; of those whose mark names no spec,
 * only what this spec declares, unless `prune`. So two specs of one project without identities do not remove
 * each other's resources.
 */
export function mayDestroy(spec: Spec, prune: boolean | undefined): MayDestroy {
  const may = (mark: Owner | undefined, declares: (mark: Owner) => boolean): mark is Owner =>
    ownershipOf(mark, spec) === 'own' || (isUnassigned(mark, spec) && (prune === true || declares(mark)));
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
            route !== undefined &&
            gatewayId(one.gateway) === gateway?.id &&
            (Object.hasOwn(one.routes, route.key) || isRouteTest(route, spec)),
        ),
      ),
  };
}

/** Lists the resources of the project that are kept, with their owners. */
function noteRest(
  draft: Draft,
  { regions }: Snapshot,
  may: { readonly [kind in keyof MayDestroy]: (...of: Parameters<MayDestroy[kind]>) => boolean },
): void {
  const note = (what: string, mark: Owner): void => {
    const remedy = isUnassigned(mark, draft) ? '; --prune deletes it' : '';
    draft.notes.push(`${what} is ${ownerText(mark, draft)}: it is kept${remedy}`);
  };
  const stays = (mark: Owner | undefined): mark is Owner => ownershipOf(mark, draft) !== 'foreign';
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
}

/** Names the gateways of the spec that do not exist any more: nothing of them is left to delete. */
function noteGone(draft: Draft, { regions }: Snapshot, { integrations }: Spec): void {
  const indexes = regions.map((region) => indexRegion(region));
  for (const id of new Set(Object.values(integrations).map(({ gateway }) => gatewayId(gateway)))) {
    const isAbsent = indexes.every((region) => region.find('gateways', id).is === 'absent');
    if (isAbsent && indexes.length > 0)
      draft.notes.push(`gateway ${id} does not exist: nothing of it is left to delete`);
  }
}

/** The link of the spec with that name, now or before. */
function declaredLink(spec: Spec, marked: string): LinkSpec | undefined {
  return Object.entries(spec.links).find(([name]) => markedNames(spec, name).includes(marked))?.[1];
}

/** Links of a region that the spec names by ID, name or tag, with their part of the spec. */
function namedLinks(spec: Spec, region: RegionSnapshot): ReadonlyMap<string, LinkSpec> {
  const named = new Map<string, LinkSpec>();
  const index = indexRegion(region);
  for (const [name, link] of Object.entries(spec.links)) {
    const by = link.id ?? (link.owner === 'external' ? { name: link.name ?? name } : undefined);
    if (by === undefined || link.provider !== region.provider || link.region !== region.region) continue;
    for (const { id } of matching(index, 'links', by)) named.set(id, link);
  }
  return named;
}
