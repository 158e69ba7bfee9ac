import type { Link } from '../../model/link.js';
import { mayChange } from '../../model/marks.js';
import { linkRef } from '../../model/reference.js';
import { UNUSED_TAG } from '../../model/moves.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { readWhole, type PlanPart, type UnitPart, unreadGateways, type PlanScope } from '../plan-scope.js';
import type { IntegrationPlan } from '../plan-integration.js';
import type { Step } from '../plan.js';
import { linkDrain, type LinkPlan } from './link-plan.js';
import { inputOf, step, type UnusedLinkInput } from '../step-input.js';
import { leavingUnits, type RouteChanges, unitRef, type UnitRef } from '../references.js';
import { isAdopted } from './make-link.js';
import { linkUsers } from './link-users.js';

/** The plans of the links to which routes come, by the ID of the link. */
export type UsedAgain = ReadonlyMap<string, LinkPlan>;

/** The links that exist and that routes of the plan are created on, or moved to. */
export function usedAgain(links: ReadonlyMap<string, LinkPlan>, integrations: readonly IntegrationPlan[]): UsedAgain {
  const found = new Map<string, LinkPlan>();
  for (const { resolved, steps } of integrations) {
    const plan = links.get(resolved.link.name);
    if (plan?.current === undefined || !steps.some(isArrival)) continue;

    found.set(plan.current.id, plan);
  }
  return found;
}

function isArrival({ kind, resource }: Step): boolean {
  return resource.type === 'route' && (kind === 'create' || kind === 'retarget');
}

/**
 * The steps that write the mark of a link without callers, after the last of them, and that remove it before callers
 * come back. A link that is deleted in this plan (`planned`) is marked by its deletion. Nothing is marked while something may use it.
 */
export function markUnused(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  planned: readonly UnitPart[],
  used: UsedAgain = new Map(),
): Partial<PlanPart> {
  const units: UnitPart[] = [];
  const unread: string[] = [];
  for (const link of region.links.filter((one) => mayChangeMark(changes, region, one, used))) {
    const comes = used.get(link.id);
    const isOwn = isOurs(link, scope.project) && mayChange(link.owner, scope);
    if (!isOwn && comes === undefined) continue;

    const users = linkUsers(scope, changes, region, link);
    const stays = users.some(({ after }) => after === undefined);
    if (hasMark(link) && (comes !== undefined || (isOwn && stays))) {
      const isExternal = comes?.resolved.spec.owner === 'external' || undefined;
      const unit = comes === undefined ? removalUnit(link) : unitRef('link', comes.resolved.name);
      const steps = [markStep(link, { linkRef: linkRef(link), isUsed: true, isExternal })];
      units.push({ unit, region, steps, first: true });
    }
    const isLeft = isOwn && comes === undefined && !stays && users.some(({ isSeen }) => isSeen);
    if (!isLeft || isAdopted(link) || linkDrain(scope.clouds, region, link) === 0 || isRemoved(planned, link)) continue;

    const others = unreadGateways(scope, region);
    unread.push(...readWhole(others).unread);
    if (others !== undefined) continue;

    const marking = markStep(link, {
      linkRef: linkRef(link),
      isUsed: false,
      unusedMs: linkDrain(scope.clouds, region, link),
    });
    const dependsOn = [...new Set(users.flatMap(({ after = [] }) => after))];
    units.push({ unit: removalUnit(link), region, steps: [marking], dependsOn });
  }
  return { units, unread };
}

/** Whether callers may come to a link or leave it in this plan: for the others no user is looked for. */
function mayChangeMark(changes: RouteChanges, { gateways }: RegionSnapshot, link: Link, used: UsedAgain): boolean {
  return (
    used.has(link.id) ||
    hasMark(link) ||
    changes.deploying.size > 0 ||
    gateways.some((gateway) => leavingUnits(changes, gateway).length > 0)
  );
}

function hasMark({ tags }: Link): boolean {
  return Object.hasOwn(tags, UNUSED_TAG);
}

function removalUnit(link: Link): UnitRef {
  return unitRef('link-removal', link.owner?.integration ?? link.name, link.id);
}

/** Whether the plan deletes the link, or releases it from the project. */
function isRemoved(planned: readonly UnitPart[], { id }: Link): boolean {
  const isRemoval = (one: Step): boolean =>
    one.resource.type === 'link' &&
    one.resource.id === id &&
    (one.kind === 'delete' || (one.kind === 'tag' && 'untag' in inputOf(one, 'tag link')));
  return planned.some(({ steps }) => steps.some(isRemoval));
}

function markStep(link: Link, input: UnusedLinkInput): Step {
  const resource = { type: 'link', name: link.owner?.integration ?? link.name, id: link.id } as const;
  const reason = input.isUsed
    ? 'callers use it again'
    : 'its last callers leave it: a later deletion waits for calls in flight from then on';
  const id = `${input.isUsed ? 'unmark' : 'mark'} unused link ${link.id}`;
  const changes = [
    {
      field: `tag ${UNUSED_TAG}`,
      ...(hasMark(link) ? { from: link.tags[UNUSED_TAG] } : {}),
      ...(input.isUsed ? {} : { to: 'the time of the change' }),
    },
  ];
  return step({ id, kind: 'tag', resource, reason, changes }, input);
}
