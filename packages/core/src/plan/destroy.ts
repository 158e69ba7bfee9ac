import { matches } from './look-up.js';
import type { LinkSpec, Spec } from '../model/spec.js';
import type { Link } from '../model/link.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { emptyDraft, routeKeyOf } from './draft.js';
import { finishPlan } from './finish-plan.js';
import { requireComplete } from './gaps.js';
import { keptBecause, releaseSteps } from './leftovers.js';
import type { Plan, PlanOptions } from './plan.js';
import { collectProblems } from './problems.js';
import { deployStages, keptForMoney, removeLink, removeRoutes } from './remove.js';
import { removeTargets } from './remove-targets.js';
import { traitsOf } from './traits.js';

/**
 * What has to be done to remove everything that the project owns in the regions of the snapshot: routes first, then
 * deployments, then targets that are resources, then links, then the groups of their allowlists. What is somebody else's, or
 * `owner: external`, stays; and so do links that cost money to get back, unless `options.deleteInstances`. Pure.
 * @throws {InvalidInputError} `PROTECTED` when the spec protects something that would go.
 * @throws {CloudError} the code of a gap: nothing is deleted while links or gateways could not be read.
 */
export function planDestroy(snapshot: Snapshot, spec: Spec, options: Pick<PlanOptions, 'deleteInstances'> = {}): Plan {
  const problems = collectProblems(spec);
  const { deleteInstances } = options;
  const { project } = spec;
  // Whoever plans a removal has asked for what the snapshot shows; the commands read everything first.
  const draft = emptyDraft({ project, reason: 'the project is removed', deleteInstances, scope: 'all' });
  const incomplete: string[] = [];
  for (const region of snapshot.regions) {
    requireComplete(region, 'links');
    requireComplete(region, 'gateways');
    incomplete.push(...unreadOwn(region));
    const named = namedLinks(spec, region);
    for (const gateway of region.gateways) {
      const removed = removeRoutes(draft, region, gateway, new Set(), (id) => named.has(id));
      const after = gateway.routes.flatMap(({ id }) => draft.leaving.get(routeKeyOf(gateway, id)) ?? []);
      deployStages(draft, region, gateway, [], {
        changed: removed > 0,
        remaining: gateway.routes.length - removed,
        after,
      });
      for (const { owner, key } of gateway.routes) {
        if (owner?.project !== spec.project || !Object.hasOwn(spec.integrations, owner.integration)) continue;
        if (spec.integrations[owner.integration]?.protect !== true) continue;
        problems.add('PROTECTED', `integrations.${owner.integration}`, `route ${key} of ${gateway.id} is protected`, {
          remedy: `Remove \`protect\` from integration ${owner.integration} first.`,
        });
      }
    }
    removeTargets(draft, region, new Set());
    const used = new Set<string>();
    for (const link of region.links) {
      const { owner } = link;
      if (owner?.project !== spec.project || named.get(link.id)?.owner === 'external') continue;
      const kept = keptBecause(link, spec.project);
      const name = owner.integration;
      const declared = named.get(link.id) ?? (Object.hasOwn(spec.links, name) ? spec.links[name] : undefined);
      const forMoney = keptForMoney(draft, region, link);
      if (forMoney !== undefined) draft.notes.push(forMoney);
      else if (kept === 'is protected' || declared?.protect === true) {
        problems.add(
          'PROTECTED',
          Object.hasOwn(spec.links, name) ? `links.${name}` : undefined,
          `link ${link.id} is protected`,
          {
            remedy: `Remove \`protect\` from link ${name} and apply that first.`,
          },
        );
      } else if (kept !== undefined) draft.notes.push(`link ${link.id} ${kept}: it is kept`);
      else {
        const unit = used.has(name) ? `link:${name}/${link.id}` : `link:${name}`;
        used.add(name);
        const timeoutMs = declared?.timeouts?.deleteMs;
        removeLink(draft, region, link, { unit, reason: draft.reason, release: true, timeoutMs });
      }
    }
    for (const { owner, groupId, step } of releaseSteps(region, spec.project, () => false)) {
      draft.units.add(`link:${owner.integration}/${groupId}`, region, [step]);
    }
  }
  problems.check();
  return finishPlan({ spec, snapshot, draft, goal: 'destroy', options, unchanged: 0, incomplete });
}

/** Lists that hold what is the project's, beside links and gateways, and could not be read: something may be left there. */
function unreadOwn(region: RegionSnapshot): readonly string[] {
  const { allowlistNeedsCreation, targetsAreResources } = traitsOf(region);
  return region.gaps
    .filter(
      ({ of }) =>
        of === undefined ||
        (of === 'securityGroups' && allowlistNeedsCreation) ||
        (of === 'targets' && targetsAreResources),
    )
    .map(
      ({ what, code, permission }) =>
        `${what} in ${region.region} could not be read (${code}), so some of the project may be left there; ${permission === undefined ? 'run destroy again' : `allow ${permission} and run destroy again`}`,
    );
}

/** Links of a region that the spec names by id, name or tag, with what it says of them. */
function namedLinks(spec: Spec, region: RegionSnapshot): ReadonlyMap<string, LinkSpec> {
  const named = new Map<string, LinkSpec>();
  for (const [name, link] of Object.entries(spec.links)) {
    const by = link.id ?? (link.owner === 'external' ? { name: link.name ?? name } : undefined);
    if (by === undefined || link.provider !== region.provider || link.region !== region.region) continue;
    for (const { id } of matches<Link>(region.links, by)) named.set(id, link);
  }
  return named;
}
