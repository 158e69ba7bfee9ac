import { linkRef } from '../../model/reference.js';
import type { Link } from '../../model/link.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { isOurs } from '../../world/resolve/link-identity.js';
import { linkOwner, listGroup } from '../../world/resolve/lost-marks.js';
import type { Step } from '../plan.js';
import { step } from '../step-input.js';

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
