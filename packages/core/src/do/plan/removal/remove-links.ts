import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import { UNUSED_TAG, unusedMark, type UnusedMark } from '../../model/unused-mark.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import { counted } from '../../../ground/text/counted.js';
import { fewText } from '../../../ground/text/few-text.js';
import { routeKeyOf, unreadGateways, type Draft } from '../draft.js';
import { linkDrain, linkWait } from '../links/drain.js';
import { deleteLinkStep, sweepStep, unusedIntegrations } from './undeclared-routes.js';
import { linkUsers } from '../links/link-users.js';
import { sharingGroup } from '../links/own-group.js';
import { isNamedByPostern } from '../../world/resolve/link-identity.js';
import { linkOwner } from '../../world/resolve/lost-marks.js';
import { markGroupStep } from '../links/mark-group.js';
import { ownerText } from '../../model/ownership.js';
import { gatewayUnitRef, type UnitRef } from '../unit-ref.js';
import { saleEnded } from '../../kinds/retired.js';
import { traitsOfLink } from '../../kinds/traits.js';

/**
 * Why a link that is to be deleted is kept, as text: a replacement would have to be bought. `twinId` is the link that was
 * created at the same time for the same purpose; then this one is not needed, but its deletion needs consent like any other.
 */
export function keptForMoney(draft: Draft, region: RegionSnapshot, link: Link, twinId?: string): string | undefined {
  const { deleteInstances: consent, takenAt } = draft;
  if (!traitsOfLink(link).linksCostMoney || link.state === 'deleting') return undefined;
  if (Array.isArray(consent) && consent.includes(link.id)) return undefined;
  const ended = saleEnded(region, takenAt);
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

/**
 * Adds the deletions of managed links, each after all steps that stop its use. A link that is used by a
 * resource which is not removed in this run is kept, and the note about it is returned. Of several links with
 * one security group, the last one to leave deletes it, unless another link keeps it.
 */
export function removeLinks(draft: Draft, region: RegionSnapshot, removals: readonly LinkRemoval[]): readonly string[] {
  const kept: string[] = [];
  const leaving = removals.flatMap((removal) => {
    const found = whatStopsItsUse(draft, region, removal);
    if (typeof found !== 'string') return found === undefined ? [] : [{ ...removal, ...found }];
    draft.notes.push(found);
    kept.push(found);
    return [];
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
      ...waitOf(draft, region, link),
      ended: traitsOfLink(link).linksCostMoney ? saleEnded(region, draft.takenAt) : undefined,
    });
    const left = unusedMark(link);
    if (left !== undefined) draft.notes.push(leftText(link, left));
    draft.units.add(unit, region, mark === undefined ? [deletion] : [mark, deletion], [
      ...new Set([...after, ...earlier.map((one) => one.unit.id), ...users]),
    ]);
  }
  return kept;
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
function whatKeepsGateway(draft: Draft, gateway: Gateway, link: Link): string | undefined {
  if (!movesAsOne(gateway) || gateway.linkId !== link.id) return undefined;
  const staying = gateway.routes.filter(({ id }) => !draft.unpublished.has(routeKeyOf(gateway, id)));
  // A route that moves takes the whole gateway with it.
  if (staying.some(({ id }) => draft.leaving.has(routeKeyOf(gateway, id)))) return undefined;
  const busy = staying.filter(
    ({ owner, publishedOn, stages }) => owner?.project !== draft.project || (publishedOn ?? stages ?? []).length > 0,
  );
  return busy.length === 0 ? undefined : `${counted(busy.length, 'route')} (${fewText(busy.map(({ key }) => key))})`;
}

/** How long the deletion of a link waits, and what it marks the link with for a run after one that is killed meanwhile. */
function waitOf(
  draft: Draft,
  region: RegionSnapshot,
  link: Link,
): { readonly drainMs: number; readonly unusedMs?: number | undefined } {
  const drainMs = linkWait(draft, region, link);
  const isMarked = Object.hasOwn(link.tags, UNUSED_TAG) && linkUsers(draft, region, link).length === 0;
  return { drainMs, unusedMs: drainMs === 0 || isMarked ? undefined : linkDrain(region, link) };
}

/**
 * The owner of a link, and the units after which nothing uses it; or why it is kept, where something uses it
 * that is not removed. Undefined where it is kept for another reason.
 */
function whatStopsItsUse(
  draft: Draft,
  region: RegionSnapshot,
  { link, twinId, names }: Pick<LinkRemoval, 'link' | 'twinId' | 'names'>,
): { readonly owner: Owner; readonly users: readonly string[] } | string | undefined {
  const owner = linkOwner(region, link);
  if (owner === undefined) return undefined;
  if (link.state !== 'deleting' && !isNamedByPostern(region, link, names)) {
    return `link ${link.id} is kept: its mark says ${owner.integration}, but its name is ${link.name || 'empty'}; if it is of this spec, rename it to ${owner.integration} or delete it, otherwise remove its postern: tags`;
  }
  const bought = keptForMoney(draft, region, link, twinId);
  if (bought !== undefined) {
    draft.notes.push(bought);
    return undefined;
  }
  const unread = unreadGateways(draft, region);
  if (unread !== undefined) return `link ${link.id} is kept: ${unread}, and may use it`;
  const users: string[] = [];
  const callers = linkUsers(draft, region, link);
  for (const user of callers) {
    if (user.after === undefined) return `link ${link.id} is kept: ${user.text}; ${user.remedy}, then run again`;
    users.push(...user.after);
  }
  for (const gateway of region.gateways) {
    const stays = whatKeepsGateway(draft, gateway, link);
    if (stays !== undefined) {
      const group = `gateway ${gateway.id} is on it with ${stays}, which this run does not delete`;
      return `link ${link.id} is kept: ${group}; delete those routes, or move the gateway to another link, then run again`;
    }
    if (draft.isPart === true) {
      const unused = unusedIntegrations(gateway).find(({ linkId }) => linkId === link.id);
      if (unused !== undefined)
        return `link ${link.id} is kept: integration ${unused.id} of ${gateway.id} uses it; plan the whole spec to delete both`;
    }
    const foreign = gateway.integrations?.find(
      ({ id, linkId, owner: whose }) =>
        linkId === link.id &&
        (whose?.project !== draft.project ||
          whose.spec !== draft.spec ||
          (whose.unbound === true && draft.prune !== true)) &&
        !gateway.routes.some(({ integrationId }) => integrationId === id),
    );
    if (foreign !== undefined) {
      return `link ${link.id} is kept: integration ${foreign.id} of ${gateway.id} uses it and is ${ownerText(foreign.owner, draft)}`;
    }
    if (sweepStep(gateway, draft) !== undefined) users.push(gatewayUnitRef(region, gateway).id);
  }
  return { owner, users };
}
