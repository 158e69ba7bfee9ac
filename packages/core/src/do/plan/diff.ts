import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../input/argument-forms.js';
import { givenSpec, type AnySpec } from '../input/given-spec.js';
import { planOptionsForm } from './plan-form.js';
import { linkRef } from '../model/reference.js';
import type { Spec } from '../model/spec.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { refuseCrowded } from './links/crowded-list.js';
import { emptyDraft, routeKeyOf } from './draft.js';
import { draftedPlan, withFingerprint, type DraftedPlan } from './finish-plan.js';
import { deletionsOf, noteDeletions } from './guard/deletions.js';
import { refuseEmpty } from './guard/empty-spec.js';
import type { LinkPlan } from './links/link-plan.js';
import { markUnused, usedAgain } from './links/mark-unused.js';
import { planLinks } from './links/plan-links.js';
import { noteCopiedGroups, noteKept } from './notes/kept.js';
import { mayDelete } from '../model/ownership.js';
import { planIntegration, type IntegrationPlan } from './plan-integration.js';
import type { Plan, PlanOptions } from './plan.js';
import { collectProblems } from '../world/resolve/problems.js';
import { keptProtected } from './protected.js';
import { movedNotes } from './notes/moved-notes.js';
import { planGateways } from './removal/plan-gateways.js';
import { resolveSpec } from '../world/resolve/resolve.js';
import { removeTargets, replacedTargets } from './removal/remove-targets.js';
import { refuseHalfMove } from './only/half-move.js';
import { excludedParts, excludedNotes } from './only/excluded-parts.js';
import { isPlannedMove, partOf, type SpecPart } from './only/part-of.js';
import { planNarrowing } from './removal/narrowing.js';
import { unitRef } from './unit-ref.js';
import { readParts } from './unread-parts.js';
import { removeReplaced, removeUndeclared } from './removal/undeclared-links.js';
import { noteAllRoutes, noteForeignRoutes } from './notes/route-notes.js';

/**
 * Plans the steps from the current state to the spec. Pure: no network, no clock, no randomness.
 *
 * Only resources that carry the project's mark, with this spec's identity or none, are changed. Links given
 * by ID in the spec are adopted. A resource that carries this spec's identity and is not declared any more is
 * deleted; see `PlanOptions.prune` for the others. Nothing that carries calls is removed before its
 * replacement works. Where the snapshot has a relevant gap, nothing is concluded from what it lacks.
 * Resources in a region that could not be read are skipped, and the region is listed in `Plan.unread`.
 *
 * @throws {InvalidInputError} `EMPTY_SPEC`; as `partOf` for `options.only`; for a spec that cannot be applied:
 *   `NOT_FOUND`, `AMBIGUOUS`, `UNKNOWN_REFERENCE`, `INVALID_SPEC`, `WRONG_NETWORK`, `SUBNETS_OF_SEVERAL_NETWORKS`, `WRONG_KIND`,
 *   `NOT_OURS`, `PROTECTED`, `STILL_REFERENCED`, `ALREADY_EXISTS`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`,
 *   and what the rules of a kind of link refuse; each with its path in the spec. With several, the first is
 *   thrown and the others are `details.also`.
 * @throws {UnsupportedError} for a change of a link that was adopted by ID.
 * @throws {CloudError} the code of a gap: `PERMISSION_DENIED`, `INCOMPLETE_LIST`, …
 */
export function diff(given: Snapshot, wanted: AnySpec, options: PlanOptions = {}): Plan {
  const spec = givenSpec('diff', wanted);
  checkArgument('diff', 'snapshot', snapshotArgument, given);
  checkArgument('diff', 'options', planOptionsForm, options, { open: true });
  return withFingerprint(draftPlan(given, partOf(spec, options), options).plan, given);
}

/** As {@link diff} of a part of a spec, with what the plan depends on, and without a fingerprint. @throws {PosternError} as `diff` */
export function draftPlan(given: Snapshot, part: SpecPart, options: PlanOptions = {}): DraftedPlan {
  const { whole, only, planned } = part;
  refuseEmpty(whole);
  const { snapshot, spec, unread, held } = readParts(given, part.read);
  const problems = collectProblems(spec);
  const resolved = resolveSpec(snapshot, spec, problems);
  problems.check();
  const links = planLinks(resolved, problems, options, snapshot);
  const integrations: IntegrationPlan[] = [];
  for (const [name, integration] of resolved.integrations) {
    const link = links.get(integration.link.name);
    if (link !== undefined && Object.hasOwn(planned.integrations, name))
      integrations.push(planIntegration(spec, integration, link, problems));
  }
  const { project } = spec;
  const { deleteInstances } = options;
  const isPart = only !== undefined;
  if (isPart) refuseHalfMove(spec, integrations, links, problems);
  problems.check();

  const draft = emptyDraft({
    project,
    spec: spec.spec,
    prune: isPart ? false : options.prune,
    isPart,
    held,
    reason: 'it is managed by this project and not declared',
    deleteInstances,
    snapshot,
    scope: snapshot.scope,
  });
  for (const { resolved: link, steps, notes } of links.values()) {
    draft.units.add(unitRef('link', link.name), link.region, steps);
    draft.notes.push(...notes);
  }
  for (const { resolved: integration, steps, moved, notes } of integrations) {
    const unit = unitRef('integration', integration.name);
    draft.units.add(unit, integration.region, steps, [unitRef('link', integration.link.name).id]);
    for (const [id, stages] of moved) {
      const key = routeKeyOf(integration.gateway, id);
      draft.leaving.set(key, unit.id);
      draft.publishing.set(key, stages);
    }
    draft.notes.push(...notes);
  }
  for (const region of snapshot.regions) planGateways(draft, region, resolved, integrations, problems);
  refuseCrowded(draft, links, problems);
  problems.check();
  planNarrowing(draft, links, integrations, problems);
  for (const link of links.values()) removeReplaced(draft, link, keptProtected(draft, link, problems));
  problems.check();
  if (draft.prune !== false || isPart) {
    const kept = new Set(integrations.flatMap(({ targetIds }) => targetIds));
    const isReplaced = replacedTargets(spec, integrations);
    for (const region of snapshot.regions)
      removeTargets(draft, region, kept, (mark, target) => mayDelete(mark, draft) || isReplaced(region, target));
    removeUndeclared(draft, resolved, links);
  }
  for (const region of snapshot.regions) markUnused(draft, region, usedAgain(links, integrations));
  draft.notes.push(...movedNotes(whole, given, problems, (move) => isPlannedMove(part, move)));
  problems.check();
  noteAllRoutes(draft, whole);
  const deletions = deletionsOf(draft, snapshot.regions, replacedIds(snapshot.regions, links, spec, integrations));
  noteDeletions(draft, deletions);
  noteCopiedGroups(draft, resolved.snapshot);
  noteKept(
    draft,
    resolved,
    integrations,
    new Set([...links.values()].flatMap(({ current, replaced }) => [current, ...replaced])),
  );
  noteForeignRoutes(draft, integrations);
  const left = only && excludedParts(whole, planned, snapshot.regions);
  if (left !== undefined) draft.notes.unshift(...excludedNotes(only ?? [], left));
  return draftedPlan({
    spec: whole,
    snapshot: given,
    unread,
    draft,
    goal: 'apply',
    options,
    deletions,
    leftOut: left,
    links: new Map([...links].flatMap(([name, { current }]) => (current ? [[name, linkRef(current)]] : []))),
    unchanged: [...links.values(), ...integrations].reduce((sum, { unchanged }) => sum + unchanged, 0),
  });
}

/** The IDs of links and targets that another one replaces. */
function replacedIds(
  regions: readonly RegionSnapshot[],
  links: ReadonlyMap<string, LinkPlan>,
  spec: Spec,
  integrations: readonly IntegrationPlan[],
): ReadonlySet<string> {
  const isReplaced = replacedTargets(spec, integrations);
  return new Set([
    ...[...links.values()].flatMap(({ replaced }) => replaced.map(({ id }) => id)),
    ...regions.flatMap((region) => region.targets.filter((one) => isReplaced(region, one)).map(({ id }) => id)),
  ]);
}
