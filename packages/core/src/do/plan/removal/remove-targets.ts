import { linkKindOfTarget } from '../../kinds/cloud/link-kinds.js';
import { placeKey } from '../../model/traits.js';
import type { Gateway } from '../../model/gateway.js';
import { mayChange } from '../../model/marks.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { Target } from '../../model/target.js';
import { mayDelete, type Claimant } from '../../model/ownership.js';
import type { IntegrationPlan } from '../plan-integration.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { requireComplete } from '../../world/resolve/problems.js';
import { readWhole, type PlanPart, type UnitPart, unreadGateways, type PlanScope } from '../plan-scope.js';
import { step, type DeleteTargetInput } from '../step-input.js';
import { routeKeyOf, type RouteChanges, unitRef } from '../references.js';
import { targetDrain, waiting } from '../links/link-plan.js';

/**
 * The deletion of the project's unneeded targets, after the routes that used them, in the unit of their
 * integration. A target that a route still uses is kept, with a note. So is one that a stage may use which
 * the plan does not publish to. So is each while not all gateways were read. Only where targets are
 * resources.
 * @throws {CloudError} the code of a gap: what was not read may need one.
 */
export function removeTargets(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  kept: ReadonlySet<string>,
  may: (mark: Owner | undefined, target: Target) => boolean = (mark) => mayDelete(mark, scope),
): Omit<PlanPart, 'narrowing'> {
  const units: UnitPart[] = [];
  const notes: string[] = [];
  const unread: string[] = [];
  const unreadUses: string[] = [];
  for (const target of region.targets) {
    const { id, owner } = target;
    const linkKind = linkKindOfTarget(scope.clouds, region.provider, target);
    if (linkKind === undefined || owner === undefined || kept.has(id) || !may(owner, target)) continue;

    requireComplete(region, 'gateways');
    const users = region.gateways.flatMap((gateway) =>
      gateway.routes.filter(({ targetId }) => targetId === id).map((route) => ({ gateway, route })),
    );
    const staying = users.find(({ gateway, route }) => !changes.leaving.has(routeKeyOf(gateway, route.id)));
    if (staying !== undefined) {
      const { gateway, route } = staying;
      notes.push(`target ${id} is kept: route ${route.key} of ${gateway.id} still uses it`);
      continue;
    }

    const others = unreadGateways(scope, region);
    unread.push(...readWhole(others).unread);
    if (others !== undefined) {
      notes.push(`target ${id} is not declared and is kept: ${others.text}, and may use it`);
      continue;
    }

    if (region.gateways.some(({ uses }) => uses === undefined)) unreadUses.push(placeKey(region));
    const shown = staleStage(scope, changes, region, target);
    if (shown !== undefined) {
      const { gateway, route, stage } = shown;
      notes.push(
        `target ${id} is kept: route ${route.key} of ${gateway.id} is published to ${stage} in an older version, which may use the target; unpublish it there, or name ${stage} in \`stages\`, then run again`,
      );
      continue;
    }

    const other = otherUse(changes, region, id);
    if (other !== undefined) {
      notes.push(`target ${id} is kept: ${other} uses it; change that, then run again`);
      continue;
    }

    const left = usersOfTarget(region, id);
    const own = unitRef('integration', owner.integration);
    const resource = { type: 'target', name: owner.name ?? id, id } as const;
    const input: DeleteTargetInput = { linkKind, targetId: id };
    const deletion = step(
      {
        id: `delete target ${resource.name} of ${owner.integration} (${id})`,
        kind: 'delete',
        resource,
        reason: scope.reason,
        ...waiting(targetDrain(scope.clouds, region)),
      },
      input,
    );
    const dependsOn = left.flatMap(({ gateway, route }) => changes.leaving.get(routeKeyOf(gateway, route.id)) ?? []);
    // Routes of other integrations may have to leave first, and those may await this one.
    const isAlone = dependsOn.every((unit) => unit === own.id);
    const unit = isAlone ? own : unitRef('target-removal', owner.integration, id);
    units.push({ unit, region, steps: [deletion], dependsOn });
  }
  return { units, notes, unread, unreadUses };
}

interface TargetUser {
  readonly gateway: Gateway;
  readonly route: Route;
}

/**
 * The routes that lead to a target. Those that do so only as they are published count as well: their drafts name another one already where
 * a run was killed before it published them.
 */
function usersOfTarget({ gateways }: RegionSnapshot, targetId: string): readonly TargetUser[] {
  return gateways.flatMap((gateway) =>
    gateway.routes
      .filter((route) => route.targetId === targetId || serves(gateway, route, targetId))
      .map((route) => ({ gateway, route })),
  );
}

function serves({ uses }: Gateway, { id, publishedTargets = {} }: Route, targetId: string): boolean {
  return (
    Object.values(publishedTargets).includes(targetId) ||
    uses?.some((use) => use.targetId === targetId && use.routeIds.includes(id)) === true
  );
}

/**
 * A route of the project that is published to a stage in an older version, which the plan does not update.
 * The target of that version is not in the list of routes, so it may be any target of the project, unless the
 * publications were read (`Gateway.uses`).
 */
function staleStage(
  { project }: PlanScope,
  { publishing, unpublished }: RouteChanges,
  region: RegionSnapshot,
  target: Target,
): { readonly gateway: Gateway; readonly route: Route; readonly stage: string } | undefined {
  for (const gateway of region.gateways) {
    for (const route of gateway.routes) {
      const { owner, publishedOn = [] } = route;
      const key = routeKeyOf(gateway, route.id);
      if (owner?.project !== project || unpublished.has(key)) continue;

      const shows = publishing.get(key) ?? route.stages;
      const stage = publishedOn.find((one) => shows?.includes(one) !== true && mayShow(gateway, route, one, target));
      if (stage !== undefined) return { gateway, route, stage };
    }
  }
  return undefined;
}

function mayShow({ uses }: Gateway, route: Route, stage: string, target: Target): boolean {
  if (uses === undefined) return true;

  const read = uses.filter((use) => use.stage === stage && use.routeIds.includes(route.id));
  return (
    read.length === 0 || read.some(({ targetId, unreadable }) => targetId === target.id || unreadable !== undefined)
  );
}

/**
 * The users of a target other than the drafts of routes, as far as they were read: published routes of any
 * owner, shared backends, plug-ins.
 */
function otherUse(
  { leaving, publishing, unpublished }: RouteChanges,
  { gateways }: RegionSnapshot,
  targetId: string,
): string | undefined {
  for (const gateway of gateways) {
    const stages = new Map(gateway.routes.map((route) => [route.id, route.stages]));
    const stays = (routeId: string, stage: string | undefined): boolean => {
      const key = routeKeyOf(gateway, routeId);
      if (unpublished.has(key)) return false;
      if (!leaving.has(key)) return true;

      const shows = publishing.get(key) ?? stages.get(routeId);
      return stage !== undefined && shows?.includes(stage) !== true;
    };
    for (const { id, key, publishedTargets = {} } of gateway.routes) {
      const stage = Object.keys(publishedTargets).find((one) => publishedTargets[one] === targetId && stays(id, one));
      if (stage !== undefined) return `route ${key} of ${gateway.id} as published to ${stage}`;
    }
    const use = gateway.uses?.find(
      (one) =>
        one.targetId === targetId &&
        (one.kind !== 'route' || one.routeIds.some((routeId) => stays(routeId, one.stage))),
    );
    if (use !== undefined) return `${use.kind} ${use.name} of ${gateway.id}`;
  }
  return undefined;
}

/**
 * Returns the targets that were created for a declared part of an integration and differ from its current
 * declaration: another target was created to replace them. They are deleted once no route uses them, also
 * where their mark may be a copy.
 */
export function replacedTargets(
  spec: Claimant,
  integrations: readonly Pick<IntegrationPlan, 'resolved' | 'targetIds'>[],
): (region: RegionSnapshot, target: Pick<Target, 'id' | 'owner'>) => boolean {
  const needed = new Set(integrations.flatMap(({ targetIds }) => targetIds));
  return (region, { id, owner }) =>
    !needed.has(id) &&
    integrations.some(
      ({ resolved: { name, targets, region: where } }) =>
        where === region && name === owner?.integration && [...targets.keys()].some((part) => part === owner.name),
    ) &&
    mayChange(owner, spec);
}
