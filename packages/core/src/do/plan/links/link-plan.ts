import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import type { Step } from '../plan.js';
import type { ResolvedLink } from '../../world/resolve/resolve.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { findAllowlist } from '../../world/allowlist-of.js';
import { linkRef } from '../../model/reference.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { linkOwner, listGroup } from '../../world/resolve/lost-marks.js';
import { step } from '../step-input.js';

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
