import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import type { Step } from '../plan.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { findAllowlist } from '../../world/link-facts.js';
import { linkRef } from '../../model/reference.js';
import { isOurs, linkOwner, listGroup } from '../../world/resolve/link-identity.js';
import { step } from '../step-input.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { CHANGE_MS } from '../../kinds/gateway/gateway-traits.js';
import type { Gateway } from '../../model/gateway.js';
import { restOfDrain, unusedMark } from '../../model/moves.js';
import { mayMean } from '../../world/uses/gateway-uses.js';
import type { PlanScope } from '../plan-scope.js';
import type { RouteChanges } from '../references.js';
import { linkUsers } from './link-users.js';

/** What has to be done to one link of the spec. */
export interface LinkPlan {
  readonly resolved: ResolvedLink;
  /** The existing link; undefined where it has to be created. */
  readonly current?: Link | undefined;
  readonly steps: readonly Step[];
  /** Entries of its allowlist that are not declared: revoked only when nothing needs them any more. */
  readonly extra: readonly AllowEntry[];
  /**
   * Set where old and new rules of its allowlist do not fit together, and old ones that may be needed are
   * removed first.
   */
  readonly crowded?: CrowdedList | undefined;
  /** What its allowlist must hold. Undefined: not managed. */
  readonly entries?: readonly AllowEntry[] | undefined;
  /** The group that holds the allowlist, where it is one. */
  readonly allowlistId?: string | undefined;
  /** A replaced link that holds this allowlist until the link to be created has it, too. */
  readonly sharing?: Link | undefined;
  /** Managed links that `current`, or the link to be created, replaces. */
  readonly replaced: readonly Link[];
  readonly notes: readonly string[];
  readonly unchanged: number;
}

/** An allowlist whose old and new rules do not fit into one group together. */
export interface CrowdedList {
  /** Rules of one family that are there now. */
  readonly there: number;
  /** Rules by which both together exceed {@link MAX_ALLOW_ENTRIES}. */
  readonly over: number;
}

/** The link, and the others with the security group of this project that holds its allowlist: what one of them loses, all lose. */
export function sharingGroup(region: RegionSnapshot, link: Link): readonly Link[] {
  const group = ownGroup(region, link);
  if (group === undefined) return [link];

  const lists = region.allowlists.filter(({ owned, securityGroupId }) => owned && securityGroupId === group);
  const sharing = new Set(lists.map(({ linkId }) => linkId));
  return region.links.filter(({ id, securityGroupIds }) => sharing.has(id) || securityGroupIds.includes(group));
}

/** The security group of this project that holds the allowlist of a link. */
export function ownGroup(region: RegionSnapshot, { id }: Link): string | undefined {
  const list = findAllowlist(region, id);
  return list?.owned === true ? list.securityGroupId : undefined;
}

/** Completes the marks of the group that holds a link's allowlist; undefined where none is missing. */
export function markGroupStep(
  region: Pick<RegionSnapshot, 'allowlists' | 'securityGroups'>,
  link: Link,
): Step | undefined {
  const group = listGroup(region, link);
  const owner = linkOwner(region, link);
  if (owner === undefined || group?.owner?.unbound !== true || !isOurs(link, owner.project)) return undefined;

  const { project, spec, integration } = owner;
  return step(
    {
      id: `mark allowlist ${integration} (${group.id})`,
      kind: 'tag',
      resource: { type: 'allowlist', name: integration, id: group.id },
      reason: 'its mark lacks tags: only these are added',
    },
    { linkRef: linkRef(link), tags: {}, owner: { project, spec, integration } },
  );
}

/**
 * How long calls of gateways that exist may be in flight to a link after the last of its callers left, in milliseconds:
 * until the last of them, which came while the change took effect, has its answer or its timeout. A gateway that leads
 * elsewhere may have left a moment ago, so each that can use the link counts. The calls of one that is deleted have ended:
 * 0 where there is none, and for a link that carries no calls.
 */
export function linkDrain(clouds: Clouds, region: RegionSnapshot, link: Link): number {
  if (link.state === 'failed' || link.state === 'deleting') return 0;

  return longest(
    clouds,
    region.gateways.filter((gateway) => mayMean(clouds, region, gateway, link)),
    ({ kind }) => clouds.gateway(kind).movesWithinMs ?? CHANGE_MS,
  );
}

/** As `linkDrain`, of a target: no gateway moves for that. */
export function targetDrain(clouds: Clouds, { gateways }: Pick<RegionSnapshot, 'gateways'>): number {
  return longest(clouds, gateways, () => CHANGE_MS);
}

/**
 * How long a step waits that deletes a link, or narrows what it may reach: all of `linkDrain`, unless nothing uses the
 * link and its mark shows since when.
 */
export function linkWait(scope: PlanScope, changes: RouteChanges, region: RegionSnapshot, link: Link): number {
  const isUsed = linkUsers(scope, changes, region, link).length > 0;
  return isUsed ? linkDrain(scope.clouds, region, link) : unusedWait(scope.clouds, region, link, scope.cloudMs);
}

/** As `linkWait`, of a link that nothing uses. `cloudMs` is the time of the snapshot, see `cloudTimeOf`. */
export function unusedWait(clouds: Clouds, region: RegionSnapshot, link: Link, cloudMs: number): number {
  const fullMs = linkDrain(clouds, region, link);
  return fullMs === 0 ? 0 : restOfDrain(unusedMark(link), fullMs, cloudMs);
}

/** The member of a step that waits. */
export function waiting(waitMs: number): Pick<Step, 'drainMs'> {
  return waitMs === 0 ? {} : { drainMs: waitMs };
}

function longest(clouds: Clouds, gateways: readonly Gateway[], changeMs: (gateway: Gateway) => number): number {
  return Math.max(0, ...gateways.map((gateway) => changeMs(gateway) + answerMs(clouds, gateway)));
}

/** The longest time until the answer of a backend; a route that was deleted had the default of its kind. */
function answerMs(clouds: Clouds, { kind, routes }: Gateway): number {
  const { timeout, answersWithinMs } = clouds.gateway(kind);
  const byDefault = timeout?.most.byDefault ?? answersWithinMs ?? 0;
  return Math.max(byDefault, ...routes.map(({ settings }) => settings?.timeoutMs ?? 0));
}
