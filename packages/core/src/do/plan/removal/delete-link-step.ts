import { linkKindsWith } from '../../kinds/cloud/link-kinds.js';
import { linkRef } from '../../model/reference.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs, networkOfLink } from '../../world/resolve/link-identity.js';
import { isProtected } from '../links/make-link.js';
import type { Step } from '../plan.js';
import { waiting } from '../links/link-plan.js';
import { step, type DeleteLinkInput } from '../step-input.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { mayDelete, type Claimant } from '../../model/ownership.js';
import { referencesTo, unitRef } from '../references.js';
import type { UnitPart } from '../plan-scope.js';

/** Why an undeclared link of the project is kept, as text: its mark is copied, or it is protected. */
export function keptBecause(link: Link, project: string): string | undefined {
  if (!isOurs(link, project)) return 'carries the mark of this project in a changed form';
  if (isProtected(link)) return 'is protected';

  return undefined;
}

/** Deletes a link, and with `release` the group that held its allowlist. */
export function deleteLinkStep(
  region: RegionSnapshot,
  link: Link,
  owner: Owner,
  options: {
    readonly reason: string;
    readonly release: boolean;
    readonly timeoutMs?: number | undefined;
    readonly drainMs: number;
    /** See `DeleteLinkInput.unusedMs`. */
    readonly unusedMs?: number | undefined;
    /** Why it can never be bought again. */
    readonly ended?: string | undefined;
  },
): Step {
  const list = region.allowlists.find(({ linkId }) => linkId === link.id);
  const release = options.release && list?.owned === true && list.securityGroupId !== undefined;
  const input: DeleteLinkInput = {
    linkRef: linkRef(link),
    owner,
    release: release ? { networkId: networkOfLink(region, link) } : undefined,
    going: link.state === 'deleting' ? true : undefined,
    timeoutMs: options.timeoutMs,
    unusedMs: options.unusedMs,
  };
  const resource = { type: 'link', name: owner.integration, id: link.id } as const;
  const group = release ? list.securityGroupId : undefined;
  const fields = {
    id: `delete link ${owner.integration} (${link.id})`,
    kind: 'delete',
    resource,
    reason: `${options.reason}; ${nameAndAge(link)}`,
    ...waiting(options.drainMs),
    ...(options.ended === undefined ? {} : { warning: `it can never be bought again: ${options.ended}` }),
    ...(group === undefined ? {} : { changes: [{ field: 'security group', from: group }], ...heldBack(region, group) }),
  } as const;
  return step(fields, input);
}

/** The link's own name, which whoever approves the plan knows it by, and when it was created: `its name is orders, created 2026-05-01`. */
function nameAndAge({ name, createdAt }: Link): string {
  const since = createdAt === undefined ? '' : `, created ${createdAt.slice(0, 'yyyy-mm-dd'.length)}`;
  return name === '' ? `it has no name${since}` : `its name is ${name}${since}`;
}

/** Why the cloud will refuse to delete a group, where rules that name it were seen. */
function heldBack({ securityGroups }: RegionSnapshot, id: string): Pick<Step, 'warning'> {
  const networkId = securityGroups.find((group) => group.id === id)?.networkId;
  // A rule of a peered VPC becomes stale, and does not keep the group.
  const near = securityGroups.filter((group) => group.networkId === networkId);
  const rules = referencesTo(id, near);
  if (rules.length === 0) return {};

  return { warning: `${id} cannot be deleted while ${rules.join(', ')} references it: remove that rule first` };
}

/**
 * Groups of the project that no link uses: left behind by a run that ended before the link was created, or
 * after it was deleted.
 */
export function releasedGroups(
  clouds: Clouds,
  region: RegionSnapshot,
  by: Claimant,
  {
    needed,
    may = (mark) => mayDelete(mark, by),
  }: {
    readonly needed?: (owner: Owner, networkId: string) => boolean;
    readonly may?: (mark: Owner | undefined) => boolean;
  } = {},
): readonly UnitPart[] {
  const [linkKind] = linkKindsWith(clouds, region.provider, 'allowlistNeedsCreation');
  if (linkKind === undefined) return [];

  const used = new Set(region.links.flatMap(({ securityGroupIds }) => securityGroupIds));
  return region.securityGroups.flatMap(({ id, networkId, owner }) => {
    if (owner === undefined || owner.unbound === true || !may(owner) || used.has(id)) return [];
    if (needed?.(owner, networkId) === true) return [];

    const resource = { type: 'allowlist', name: owner.integration, id } as const;
    const reason = 'it is managed by this project and no link uses it';
    const { project, spec, integration } = owner;
    const input = { linkKind, owner: { project, spec, integration }, networkId };
    const text = `release allowlist ${owner.integration} (${id})`;
    const release = step({ id: text, kind: 'delete', resource, reason, ...heldBack(region, id) }, input);
    return [{ unit: unitRef('allowlist-removal', owner.integration, id), region, steps: [release] }];
  });
}
