import { checkArgument } from '../forms/check-argument.js';
import { snapshotArgument } from '../snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../input/given-spec.js';
import type { OnClouds } from '../kinds/cloud/clouds.js';
import { isTemporaryRoute } from '../kinds/gateway/gateway-spec.js';
import { gatewayRef } from '../model/reference.js';
import type { Gateway, Stage } from '../model/gateway.js';
import { markStart } from '../model/marks.js';
import type { Owner } from '../model/owner.js';
import type { Route } from '../model/route.js';
import type { Spec } from '../spec.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { linkOwner, markedNames } from '../world/resolve/link-identity.js';
import { mayDestroy, type MayDestroy, giveUpLink } from './removal/undeclared-links.js';
import { joinParts, type PlanPart, type UnitPart, planScope, type PlanScope } from './plan-scope.js';
import { finishPlan } from './finish-plan.js';
import { chosenBy, EVERYTHING, type Chosen, type ReleasableNames } from './forget-names.js';
import { planOptionsForm, type Plan, type PlanOptions } from './plan.js';
import { forgetStageStep } from './removal/deploy-stages.js';
import { deleteRouteStep, TEST_NOT_DELETED, unusedIntegrations } from './removal/undeclared-routes.js';
import { joinChanges, routeStepId, gatewayUnitRef, unitRef, readParts } from './references.js';
import { step, type ForgetRouteInput } from './step-input.js';

const REASON = 'its marks are removed, and it is kept';

/**
 * Plans the removal of the marks of what the spec owns, and of nothing else: links with the groups of their
 * allowlists, routes, and stages of gateways where no route of the spec stays. `names` limits it to some links and
 * integrations. Pure. Calls are served as before, and nothing is deleted but the routes that a test of a link left. What cannot
 * be released is noted.
 *
 * ```ts
 * const plan = planForget(snapshot, spec, { clouds, names: ['eu'] });
 * ```
 *
 * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `AMBIGUOUS` for one of the names
 */
export function planForget(snapshot: Snapshot, wanted: AnySpec, options: Pick<PlanOptions, 'names'> & OnClouds): Plan {
  const clouds = givenClouds('planForget', options);
  const spec = givenSpec('planForget', wanted, clouds);
  checkArgument('planForget', 'snapshot', snapshotArgument, snapshot);
  checkArgument('planForget', 'options', planOptionsForm, options, { open: true });
  const { names } = options;
  const { unread, snapshot: read } = readParts(snapshot, spec);
  // Who names something means it, also where its mark may be a copy.
  const may = mayDestroy(spec, names === undefined ? undefined : true);
  const chosen = names === undefined ? EVERYTHING : chosenBy(names, ownedBy(spec, read, may), spec, read);
  const scope = planScope({
    project: spec.project,
    clouds,
    spec: spec.spec,
    reason: 'it is forgotten',
    snapshot,
  });
  const parts = read.regions.flatMap((region): readonly Partial<PlanPart>[] => [
    ...region.gateways.map((gateway) => forgetGateway(scope, region, gateway, spec, may, chosen)),
    { units: forgetLinks(region, spec, may, chosen) },
    {
      notes: region.targets
        .filter(({ owner }) => may.target(owner) && chosen.integration(owner.integration))
        .map(({ id }) => `the mark of ${id} cannot be removed: apply deletes it once it is neither declared nor used`),
    },
  ]);
  const { units } = joinParts(parts);
  const part = joinParts([...parts, { notes: stillDeclared(units, spec, chosen, names) }]);
  const incomplete = read.regions.flatMap(({ region, gaps }) =>
    gaps
      .filter(({ of }) => of === undefined || of === 'links' || of === 'gateways')
      .map(({ what, code }) => `${what} in ${region} could not be read (${code}), so some marks may be left there`),
  );
  return finishPlan({ spec, snapshot, part, goal: 'forget', options: { names }, unchanged: 0, incomplete, unread });
}

/** The names that the spec manages. */
function managed(declared: Readonly<Record<string, { readonly owner?: 'external' | undefined }>>): readonly string[] {
  return Object.entries(declared).flatMap(([name, { owner }]) => (owner === 'external' ? [] : [name]));
}

/** The key of a link in the spec now, for the name in its mark. */
function nameOfLink(spec: Spec, marked: string): string {
  return Object.keys(spec.links).find((name) => markedNames(spec, name).includes(marked)) ?? marked;
}

function ownedBy(spec: Spec, { regions }: Snapshot, may: MayDestroy): ReleasableNames {
  const links = regions.flatMap((region) =>
    region.links.flatMap((link) => {
      const owner = linkOwner(region, link);
      return may.link(owner) ? [{ id: link.id, name: nameOfLink(spec, owner.integration) }] : [];
    }),
  );
  const integrations = regions
    .flatMap(({ gateways }) => gateways)
    .flatMap((gateway) => markedRoutes(gateway, may).map(({ owner }) => owner.integration));
  return {
    links: new Set([...managed(spec.links), ...links.map(({ name }) => name)]),
    markedLinks: new Set(links.map(({ name }) => name)),
    linkIds: new Set(links.map(({ id }) => id)),
    integrations: new Set([...managed(spec.integrations), ...integrations]),
  };
}

function forgetLinks(region: RegionSnapshot, spec: Spec, may: MayDestroy, chosen: Chosen): readonly UnitPart[] {
  return region.links.flatMap((link) => {
    const owner = linkOwner(region, link);
    if (!may.link(owner)) return [];

    const name = nameOfLink(spec, owner.integration);
    return chosen.link(name) || chosen.linkId(link.id)
      ? giveUpLink(joinChanges([]), region, link, unitRef('link-removal', name, link.id), [], REASON)
      : [];
  });
}

/** The routes that the spec owns, with their marks. */
function markedRoutes(gateway: Gateway, may: MayDestroy): readonly (Route & { readonly owner: Owner })[] {
  return gateway.routes.flatMap((route) => {
    const { owner } = route;
    return may.route(owner, route, gateway) ? [{ ...route, owner }] : [];
  });
}

/** Whether a route uses a link that is released. */
function usesChosenLink(region: RegionSnapshot, { linkId }: Route, spec: Spec, chosen: Chosen): boolean {
  const link = region.links.find(({ id }) => id === linkId);
  const owner = link && linkOwner(region, link);
  return (
    link !== undefined &&
    (chosen.linkId(link.id) || (owner !== undefined && chosen.link(nameOfLink(spec, owner.integration))))
  );
}

function forgetGateway(
  scope: PlanScope,
  region: RegionSnapshot,
  gateway: Gateway,
  spec: Spec,
  may: MayDestroy,
  chosen: Chosen,
): Partial<PlanPart> {
  const marked = markedRoutes(gateway, may);
  const own = marked.filter((route) => !isTemporaryRoute(route));
  const units: UnitPart[] = [];
  let kept = 0;
  for (const { id, key, owner } of own) {
    if (!chosen.integration(owner.integration)) {
      kept += 1;
      continue;
    }

    const unit = unitRef('integration', owner.integration);
    const input: ForgetRouteInput = { gatewayRef: gatewayRef(gateway), key, owner };
    const resource = { type: 'route', name: key, id } as const;
    const release = { id: routeStepId('forget', key, gateway.id), kind: 'tag', resource, reason: REASON } as const;
    units.push({ unit, region, steps: [step(release, input)] });
  }
  const dependsOn = [...new Set(units.map(({ unit }) => unit.id))];
  for (const route of marked.filter(isTemporaryRoute))
    if (chosen.integration(route.owner.integration) || usesChosenLink(region, route, spec, chosen))
      units.push({
        unit: unitRef('integration', route.owner.integration),
        region,
        steps: [deleteRouteStep(gateway, route, TEST_NOT_DELETED)],
      });
  const notes = unusedIntegrations(gateway)
    .filter(({ owner }) => may.route(owner) && chosen.integration(owner.integration))
    .map(({ id }) => `integration ${id} of ${gateway.id} keeps its mark: no route uses it, and apply deletes it`);
  // The stages are the spec's until its last route is released.
  if (kept > 0 || (own.length === 0 && chosen !== EVERYTHING)) return { units, notes };

  const steps = gateway.stages
    .filter((stage) => isMarked(scope, stage))
    .map((stage) => forgetStageStep(scope, gateway, stage, REASON));
  return { units: [...units, { unit: gatewayUnitRef(region, gateway), region, steps, dependsOn }], notes };
}

/** Whether this spec created a stage, deployed to it, or wrote settings of it. */
function isMarked(scope: PlanScope, { createdBy, deployed, configuredBy = [] }: Stage): boolean {
  const isOwn = (by: Stage['createdBy']): boolean => by?.project === scope.project && by.spec === scope.spec;
  return isOwn(createdBy) || configuredBy.some(isOwn) || deployed?.startsWith(markStart(scope)) === true;
}

/** What the spec still declares of what is released, and of what carries no mark. */
function stillDeclared(
  planned: readonly UnitPart[],
  spec: Spec,
  chosen: Chosen,
  names: readonly string[] | undefined,
): readonly string[] {
  const released = (kind: 'link-removal' | 'integration', name: string): boolean =>
    planned.some(({ unit }) => unit.kind === kind && unit.name === name);
  const without = (text: string): readonly string[] =>
    names === undefined ? [] : [`${text} carries no mark of this spec: there is nothing to remove`];
  const links = Object.entries(spec.links).flatMap(([name, { id, owner }]): readonly string[] => {
    if (owner === 'external' || !chosen.link(name)) return [];
    if (!released('link-removal', name)) return without(`link ${name}`);

    const next = id === undefined ? 'creates another link' : 'adopts it again';
    return [
      `remove link ${name} from the spec, or declare it by its ID with \`owner: external\`: otherwise the next apply ${next}`,
    ];
  });
  const integrations = Object.entries(spec.integrations).flatMap(([name, { owner }]): readonly string[] => {
    if (owner === 'external' || !chosen.integration(name)) return [];
    if (!released('integration', name)) return without(`integration ${name}`);

    return [
      `remove integration ${name} from the spec, or write \`owner: external\` on it: apply does not change routes without its mark`,
    ];
  });
  return [...links, ...integrations];
}
