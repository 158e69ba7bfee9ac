import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../input/given-spec.js';
import type { OnClouds } from '../kinds/cloud/clouds.js';
import { linkRef } from '../model/reference.js';
import type { Spec } from '../spec.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { refuseCrowded } from './links/keep-link.js';
import { madeIn } from '../world/derived.js';
import { keyed } from '../world/routes/route-on-stage.js';
import type { Gateway } from '../model/gateway.js';
import type { Route } from '../model/route.js';
import { joinParts, type PlanPart, planScope, type PlanScope } from './plan-scope.js';
import { draftedPlan, withFingerprint, type DraftedPlan, keptProtected } from './finish-plan.js';
import { deletionsOf, deletionNotes, refuseEmpty } from './guard/deletions.js';
import type { LinkPlan } from './links/link-plan.js';
import { markUnused, usedAgain } from './links/mark-unused.js';
import { planLinks } from './links/plan-link.js';
import { authorizerNotes, copiedGroupNotes, keptNotes } from './notes/kept.js';
import { mayDelete } from '../model/ownership.js';
import { planIntegration, type IntegrationPlan } from './plan-integration.js';
import { planOptionsForm, type Plan, type PlanOptions } from './plan.js';
import { collectProblems } from '../world/resolve/problems.js';
import { movedNotes, allRoutesNotes, foreignRouteNotes } from './notes/moved-notes.js';
import { planGateways } from './removal/plan-gateways.js';
import { resolveSpec, type ResolvedSpec } from '../world/resolve/resolve.js';
import { removeTargets, replacedTargets } from './removal/remove-targets.js';
import { refuseHalfMove } from './only/named-by.js';
import { excludedParts, excludedNotes } from './only/excluded-parts.js';
import { partOf, type SpecPart } from './only/part-of.js';
import { planNarrowing } from './removal/narrowing.js';
import { type RouteChanges, unitRef, readParts } from './references.js';
import { removeReplaced, removeUndeclared } from './removal/undeclared-links.js';

/**
 * Plans the steps from the current state to the spec. Pure: no network, no clock, no randomness.
 *
 * Only resources that carry the project's mark, with this spec's identity or none, are changed. Links given
 * by ID in the spec are adopted. A resource that carries this spec's identity and is not declared any more is
 * deleted; see `PlanOptions.prune` for the others. Nothing that carries calls is removed before its
 * replacement works. Where the snapshot has a relevant gap, nothing is concluded from what it lacks.
 * Resources in a region that could not be read are skipped, and the region is listed in `Plan.unread`.
 *
 * ```ts
 * const plan = diff(snapshot, spec, { clouds, only: ['orders'] });
 * for (const { id, steps } of plan.units) console.log(id, steps.map(({ reason }) => reason));
 * ```
 *
 * @throws {InvalidInputError} `EMPTY_SPEC`; as `partOf` for `options.only`; for a spec that cannot be applied:
 *   `NOT_FOUND`, `AMBIGUOUS`, `UNKNOWN_REFERENCE`, `INVALID_SPEC`, `WRONG_NETWORK`, `SUBNETS_OF_SEVERAL_NETWORKS`, `WRONG_KIND`,
 *   `NOT_OURS`, `PROTECTED`, `STILL_REFERENCED`, `ALREADY_EXISTS`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`,
 *   and what the rules of a kind of link refuse; each with its path in the spec. With several, the first is
 *   thrown and the others are `details.also`.
 * @throws {UnsupportedError} for a change of a link that was adopted by ID.
 * @throws {CloudError} the code of a gap: `PERMISSION_DENIED`, `INCOMPLETE_LIST`, …
 */
export function diff(given: Snapshot, wanted: AnySpec, options: PlanOptions & OnClouds): Plan {
  const clouds = givenClouds('diff', options);
  const spec = givenSpec('diff', wanted, clouds);
  checkArgument('diff', 'snapshot', snapshotArgument, given);
  checkArgument('diff', 'options', planOptionsForm, options, { open: true });
  return withFingerprint(draftPlan(given, partOf(spec, clouds, options), options).plan, given);
}

/** As {@link diff} of a part of a spec, with what the plan depends on, and without a fingerprint. @throws {PosternError} as `diff` */
export function draftPlan(given: Snapshot, part: SpecPart, options: PlanOptions = {}): DraftedPlan {
  const { whole, only, planned, clouds } = part;
  refuseEmpty(whole);
  const { snapshot, spec, unread, held } = readParts(given, part.read);
  const problems = collectProblems(spec);
  const resolved = resolveSpec(snapshot, spec, clouds, problems);
  problems.check();
  const links = planLinks(resolved, problems, options, snapshot);
  const integrations: IntegrationPlan[] = [];
  const byKey = new Map<Gateway, ReadonlyMap<string, Route>>();
  for (const [name, integration] of resolved.integrations) {
    const link = links.get(integration.link.name);
    if (link !== undefined && Object.hasOwn(planned.integrations, name))
      integrations.push(
        planIntegration(
          spec,
          integration,
          link,
          madeIn(byKey, integration.gateway, () => keyed(integration.gateway.routes)),
          problems,
        ),
      );
  }
  const { project } = spec;
  const { deleteInstances } = options;
  const isPart = only !== undefined;
  if (isPart) refuseHalfMove(spec, integrations, links, problems);
  problems.check();

  const scope = planScope({
    project,
    clouds,
    spec: spec.spec,
    prune: isPart ? false : options.prune,
    isPart,
    held,
    reason: 'it is managed by this project and not declared',
    deleteInstances,
    snapshot,
    scope: snapshot.scope,
  });
  const declared = joinParts([...[...links.values()].map(linkPart), ...integrations.map(integrationPart)]);
  const gateways = planGateways(scope, resolved, integrations, problems);
  const { changes } = gateways;
  const crowded = refuseCrowded(scope, changes, links, problems);
  problems.check();
  const narrowing = planNarrowing(scope, changes, links, integrations, problems);
  const replaced = [...links.values()].map((link) => {
    const { kept, notes } = keptProtected(scope, link, problems);
    return joinParts([{ notes }, removeReplaced(scope, changes, link, kept, narrowing.units)]);
  });
  problems.check();
  const undeclared =
    scope.prune === false && !isPart ? [] : removeOthers(scope, changes, resolved, links, integrations);
  const changed = joinParts([declared, gateways.part, crowded, narrowing, ...replaced, ...undeclared]);
  const again = usedAgain(links, integrations);
  const unused = snapshot.regions.map((region) => markUnused(scope, changes, region, changed.units, again));
  const moved = movedNotes(whole, given, problems, part.isPlanned);
  problems.check();
  const steps = joinParts([changed, ...unused]);
  const deletions = deletionsOf(
    scope,
    steps.units,
    snapshot.regions,
    replacedIds(snapshot.regions, links, spec, integrations),
  );
  const left = only && excludedParts(whole, planned, snapshot.regions);
  const used = new Set([...links.values()].flatMap((link) => [link.current, ...link.replaced]));
  const notes = [
    ...(left === undefined ? [] : excludedNotes(only ?? [], left)),
    ...steps.notes,
    ...moved,
    ...allRoutesNotes(steps.units, whole),
    ...deletionNotes(deletions),
    ...copiedGroupNotes(scope, resolved.snapshot),
    ...keptNotes(scope, changes, resolved, integrations, used),
    ...foreignRouteNotes(scope, integrations),
    ...authorizerNotes(scope, integrations),
  ];
  return draftedPlan({
    clouds: isPart || scope.prune === false ? undefined : clouds,
    spec: whole,
    snapshot: given,
    unread,
    part: { ...steps, notes },
    goal: 'apply',
    options,
    deletions,
    leftOut: left,
    links: new Map([...links].flatMap(([name, { current }]) => (current ? [[name, linkRef(current)]] : []))),
    unchanged: [...links.values(), ...integrations].reduce((sum, { unchanged }) => sum + unchanged, 0),
  });
}

function linkPart({ resolved: { name, region }, steps, notes }: LinkPlan): Partial<PlanPart> {
  return { units: [{ unit: unitRef('link', name), region, steps }], notes };
}

function integrationPart({ resolved: { name, region, link }, steps, notes }: IntegrationPlan): Partial<PlanPart> {
  return {
    units: [{ unit: unitRef('integration', name), region, steps, dependsOn: [unitRef('link', link.name).id] }],
    notes,
  };
}

/** The removal of targets and links that nothing declared needs. */
function removeOthers(
  scope: PlanScope,
  changes: RouteChanges,
  resolved: ResolvedSpec,
  links: ReadonlyMap<string, LinkPlan>,
  integrations: readonly IntegrationPlan[],
): readonly Partial<PlanPart>[] {
  const kept = new Set(integrations.flatMap(({ targetIds }) => targetIds));
  const isReplaced = replacedTargets(resolved.spec, integrations);
  return [
    ...resolved.snapshot.regions.map((region) =>
      removeTargets(
        scope,
        changes,
        region,
        kept,
        (mark, target) => mayDelete(mark, scope) || isReplaced(region, target),
      ),
    ),
    removeUndeclared(scope, changes, resolved, links),
  ];
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
