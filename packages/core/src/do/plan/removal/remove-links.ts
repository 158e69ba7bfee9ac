import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import { UNUSED_TAG, unusedMark, type UnusedMark } from '../../model/moves.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { Gateway } from '../../model/gateway.js';
import { counted, fewText } from '../../../ground/text/quantities.js';
import { readWhole, type PlanPart, type UnitPart, unreadGateways, type PlanScope } from '../plan-scope.js';
import { linkDrain, linkWait, sharingGroup, markGroupStep } from '../links/link-plan.js';
import { deleteLinkStep } from './delete-link-step.js';
import { sweepStep, unusedIntegrations } from './undeclared-routes.js';
import { linkUsers } from '../links/link-users.js';
import { isNamedByPostern, linkOwner } from '../../world/resolve/link-identity.js';
import { ownerText } from '../../model/ownership.js';
import { routeKeyOf, type RouteChanges, gatewayUnitRef, type UnitRef } from '../references.js';
import { saleEnded } from '../../kinds/retired.js';

/**
 * Why a link that is to be deleted is kept, as text: a replacement would have to be bought. `twinId` is the link that was
 * created at the same time for the same purpose; then this one is not needed, but its deletion needs consent like any other.
 */
export function keptForMoney(
  { deleteInstances: consent, takenAt, clouds }: PlanScope,
  region: RegionSnapshot,
  link: Link,
  twinId?: string,
): string | undefined {
  if (!clouds.link(link.kind).plans.linksCostMoney || link.state === 'deleting') return undefined;
  if (Array.isArray(consent) && consent.includes(link.id)) return undefined;

  const ended = saleEnded(clouds, region, link.kind, takenAt);
  if (consent === true && ended === undefined) return undefined;

  const again =
    ended === undefined ? 'a replacement would have to be bought' : `it can never be bought again: ${ended}`;
  const why =
    twinId === undefined ? again : `another run created it, too, and it costs money although ${twinId} is used`;
  const option = ended === undefined && consent === undefined ? '--delete-instances' : `--delete-instances ${link.id}`;
  return `link ${link.id} (${link.name}) is kept: ${why}; ${option} also deletes it`;
}

/** A managed link that a plan would delete. */
export interface LinkRemoval {
  readonly link: Link;
  readonly unit: UnitRef;
  readonly reason: string;
  /** Names that the spec gives the link, beside the one in its mark. */
  readonly names?: readonly string[] | undefined;
  /** The link that is kept where two runs created one each. */
  readonly twinId?: string | undefined;
  /** Whether the security group of its allowlist goes with it. */
  readonly release: boolean;
  readonly after?: readonly string[] | undefined;
  readonly timeoutMs?: number | undefined;
}

/** The deletion of links, and the notes about those of them that are kept because something uses them. */
export interface RemovedLinks {
  readonly part: Pick<PlanPart, 'units' | 'notes' | 'unread'>;
  readonly kept: readonly string[];
}

/**
 * The deletions of managed links, each after all steps that stop its use. A link that is used by a
 * resource which is not removed in this run is kept. Of several links with
 * one security group, the last one to leave deletes it, unless another link keeps it.
 */
export function removeLinks(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  removals: readonly LinkRemoval[],
): RemovedLinks {
  const units: UnitPart[] = [];
  const notes: string[] = [];
  const unread: string[] = [];
  const kept: string[] = [];
  const leaving = removals.flatMap((removal) => {
    const use = whatStopsItsUse(scope, changes, region, removal);
    unread.push(...(use.unread ?? []));
    if (use.kept !== undefined) notes.push(use.kept);
    if (use.isUsed === true) kept.push(use.kept);
    return use.owner === undefined ? [] : [{ ...removal, owner: use.owner, users: use.users }];
  });
  for (const [at, { link, owner, unit, reason, release, after = [], users, timeoutMs }] of leaving.entries()) {
    const sharing = sharingGroup(region, link);
    const isLast =
      sharing.every((other) => leaving.some((one) => one.link === other)) &&
      !leaving.slice(at + 1).some((one) => sharing.includes(one.link));
    const earlier = isLast ? leaving.filter((one) => sharing.includes(one.link)) : [];
    // The group of its allowlist is found by its marks after the link was deleted.
    const mark = release && isLast ? markGroupStep(region, link) : undefined;
    const deletion = deleteLinkStep(region, link, owner, {
      reason,
      release: release && isLast,
      timeoutMs,
      ...waitOf(scope, changes, region, link),
      ended: scope.clouds.link(link.kind).plans.linksCostMoney
        ? saleEnded(scope.clouds, region, link.kind, scope.takenAt)
        : undefined,
    });
    const left = unusedMark(link);
    if (left !== undefined) notes.push(leftText(link, left));
    const dependsOn = [...new Set([...after, ...earlier.map((one) => one.unit.id), ...users])];
    units.push({ unit, region, steps: mark === undefined ? [deletion] : [mark, deletion], dependsOn });
  }
  return { part: { units, notes, unread }, kept };
}

/** What the mark of a link shows of callers that left it before this plan: a move may be open, of whose journal nothing is known here. */
function leftText({ id }: Link, { sinceMs }: UnusedMark): string {
  return (
    `callers left link ${id} at ${new Date(sinceMs).toISOString()} (tag ${UNUSED_TAG}): ` +
    'if a move led them away, end it first; after the deletion, `postern migrate rollback` cannot return to this link'
  );
}

/**
 * The routes because of which a gateway that is on one link as a whole stays there, as text. The cloud refuses to delete the link of
 * one with routes that are published, or are of other owners, wherever these lead. Undefined where it leaves, or may leave.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-deleteinstance
 */
function whatKeepsGateway(
  { project, clouds }: PlanScope,
  { leaving, unpublished }: RouteChanges,
  gateway: Gateway,
  link: Link,
): string | undefined {
  if (!clouds.gateway(gateway.kind).movesAsOne || gateway.linkId !== link.id) return undefined;

  const staying = gateway.routes.filter(({ id }) => !unpublished.has(routeKeyOf(gateway, id)));
  // A route that moves takes the whole gateway with it.
  if (staying.some(({ id }) => leaving.has(routeKeyOf(gateway, id)))) return undefined;

  const busy = staying.filter(
    ({ owner, publishedOn, stages }) => owner?.project !== project || (publishedOn ?? stages ?? []).length > 0,
  );
  return busy.length === 0 ? undefined : `${counted(busy.length, 'route')} (${fewText(busy.map(({ key }) => key))})`;
}

/** How long the deletion of a link waits, and what it marks the link with for a run after one that is killed meanwhile. */
function waitOf(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  link: Link,
): { readonly drainMs: number; readonly unusedMs?: number | undefined } {
  const drainMs = linkWait(scope, changes, region, link);
  const isMarked = Object.hasOwn(link.tags, UNUSED_TAG) && linkUsers(scope, changes, region, link).length === 0;
  return { drainMs, unusedMs: drainMs === 0 || isMarked ? undefined : linkDrain(scope.clouds, region, link) };
}

/**
 * The owner of a link, and the units after which nothing uses it; or why it is kept, and whether that is because
 * something uses it that is not removed.
 */
type LinkEnd =
  | { readonly owner: Owner; readonly users: readonly string[]; readonly kept?: undefined; readonly isUsed?: undefined }
  | { readonly owner?: undefined; readonly kept: string; readonly isUsed: boolean }
  | { readonly owner?: undefined; readonly kept?: undefined; readonly isUsed?: undefined };

function whatStopsItsUse(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  { link, twinId, names }: Pick<LinkRemoval, 'link' | 'twinId' | 'names'>,
): LinkEnd & { readonly unread?: readonly string[] } {
  const used = (why: string): LinkEnd => ({ kept: `link ${link.id} is kept: ${why}`, isUsed: true });
  const owner = linkOwner(region, link);
  if (owner === undefined) return {};
  if (link.state !== 'deleting' && !isNamedByPostern(region, link, names)) {
    return used(
      `its mark says ${owner.integration}, but its name is ${link.name || 'empty'}; if it is of this spec, rename it to ${owner.integration} or delete it, otherwise remove its postern: tags`,
    );
  }

  const bought = keptForMoney(scope, region, link, twinId);
  if (bought !== undefined) return { kept: bought, isUsed: false };

  const others = unreadGateways(scope, region);
  if (others !== undefined) return { ...used(`${others.text}, and may use it`), ...readWhole(others) };

  const users: string[] = [];
  const callers = linkUsers(scope, changes, region, link);
  for (const user of callers) {
    if (user.after === undefined) return used(`${user.text}; ${user.remedy}, then run again`);

    users.push(...user.after);
  }
  for (const gateway of region.gateways) {
    const stays = whatKeepsGateway(scope, changes, gateway, link);
    if (stays !== undefined) {
      const group = `gateway ${gateway.id} is on it with ${stays}, which this run does not delete`;
      return used(`${group}; delete those routes, or move the gateway to another link, then run again`);
    }

    if (scope.isPart === true) {
      const unused = unusedIntegrations(gateway).find(({ linkId }) => linkId === link.id);
      if (unused !== undefined)
        return used(`integration ${unused.id} of ${gateway.id} uses it; plan the whole spec to delete both`);
    }
    const foreign = gateway.integrations?.find(
      ({ id, linkId, owner: whose }) =>
        linkId === link.id &&
        (whose?.project !== scope.project ||
          whose.spec !== scope.spec ||
          (whose.unbound === true && scope.prune !== true)) &&
        !gateway.routes.some(({ integrationId }) => integrationId === id),
    );
    if (foreign !== undefined) {
      return used(`integration ${foreign.id} of ${gateway.id} uses it and is ${ownerText(foreign.owner, scope)}`);
    }

    if (sweepStep(gateway, scope) !== undefined) users.push(gatewayUnitRef(region, gateway).id);
  }
  return { owner, users };
}
