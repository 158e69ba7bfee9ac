import type { Link } from '../../model/link.js';
import { mayChange } from '../../model/marks.js';
import { linkRef } from '../../model/reference.js';
import { UNUSED_TAG } from '../../model/unused-mark.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { routeKeyOf, unreadGateways, type Draft } from '../draft.js';
import type { IntegrationPlan } from '../plan-integration.js';
import type { Step } from '../plan.js';
import { linkDrain } from './drain.js';
import { inputOf, step, type UnusedLinkInput } from '../step-input.js';
import { unitRef, type UnitRef } from '../unit-ref.js';
import { isAdopted } from './link-marks.js';
import type { LinkPlan } from './link-plan.js';
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
 * Adds the steps that write the mark of a link without callers, after the last of them, and that remove it before callers
 * come back. A link that is deleted in this plan is marked by its deletion. Nothing is marked while something may use it.
 */
export function markUnused(draft: Draft, region: RegionSnapshot, used: UsedAgain = new Map()): void {
  for (const link of region.links.filter((one) => mayChangeMark(draft, region, one, used))) {
    const comes = used.get(link.id);
    const isOwn = isOurs(link, draft.project) && mayChange(link.owner, draft);
    if (!isOwn && comes === undefined) continue;
    const users = linkUsers(draft, region, link);
    const stays = users.some(({ after }) => after === undefined);
    if (hasMark(link) && (comes !== undefined || (isOwn && stays))) {
      const isExternal = comes?.resolved.spec.owner === 'external' || undefined;
      const unit = comes === undefined ? removalUnit(link) : unitRef('link', comes.resolved.name);
      draft.units.addFirst(unit, region, [markStep(link, { linkRef: linkRef(link), isUsed: true, isExternal })]);
    }
    const isLeft = isOwn && comes === undefined && !stays && users.some(({ isSeen }) => isSeen);
    if (!isLeft || isAdopted(link) || linkDrain(region, link) === 0 || isRemoved(draft, link)) continue;
    if (unreadGateways(draft, region) !== undefined) continue;
    const marking = markStep(link, { linkRef: linkRef(link), isUsed: false, unusedMs: linkDrain(region, link) });
    draft.units.add(removalUnit(link), region, [marking], [...new Set(users.flatMap(({ after = [] }) => after))]);
  }
}

/** Whether callers may come to a link or leave it in this plan: for the others no user is looked for. */
function mayChangeMark(draft: Draft, { gateways }: RegionSnapshot, link: Link, used: UsedAgain): boolean {
  return (
    used.has(link.id) ||
    hasMark(link) ||
    draft.deploying.size > 0 ||
    gateways.some((gateway) => gateway.routes.some(({ id }) => draft.leaving.has(routeKeyOf(gateway, id))))
  );
}

function hasMark({ tags }: Link): boolean {
  return Object.hasOwn(tags, UNUSED_TAG);
}

function removalUnit(link: Link): UnitRef {
  return unitRef('link-removal', link.owner?.integration ?? link.name, link.id);
}

/** Whether the plan deletes the link, or releases it from the project. */
function isRemoved(draft: Draft, { id }: Link): boolean {
  return draft.units.has(
    (one) =>
      one.resource.type === 'link' &&
      one.resource.id === id &&
      (one.kind === 'delete' || (one.kind === 'tag' && 'untag' in inputOf(one, 'tag link'))),
  );
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
