import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { Owner } from '../../model/owner.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { mayDelete, type Claimant } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import { referencesTo } from '../references.js';
import type { UnitPart } from '../plan-part.js';
import { step } from '../step-input.js';
import { unitRef } from '../unit-ref.js';

/** Why the cloud will refuse to delete a group, where rules that name it were seen. */
export function heldBack({ securityGroups }: RegionSnapshot, id: string): Pick<Step, 'warning'> {
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
  const used = new Set(region.links.flatMap(({ securityGroupIds }) => securityGroupIds));
  return region.securityGroups.flatMap(({ id, networkId, owner }) => {
    if (owner === undefined || owner.unbound === true || !may(owner) || used.has(id)) return [];
    if (needed?.(owner, networkId) === true) return [];
    const resource = { type: 'allowlist', name: owner.integration, id } as const;
    const reason = 'it is managed by this project and no link uses it';
    const { project, spec, integration } = owner;
    const input = { linkKind: clouds.linkKind(region), owner: { project, spec, integration }, networkId };
    const text = `release allowlist ${owner.integration} (${id})`;
    const release = step({ id: text, kind: 'delete', resource, reason, ...heldBack(region, id) }, input);
    return [{ unit: unitRef('allowlist-removal', owner.integration, id), region, steps: [release] }];
  });
}
