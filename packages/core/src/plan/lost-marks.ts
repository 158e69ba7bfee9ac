import type { Link } from '../model/link.js';
import type { Owner } from '../model/owner.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { isOurs } from '../world/resolve/link-identity.js';
import type { Step } from './plan.js';
import { step } from './step-input.js';

type Groups = Pick<RegionSnapshot, 'allowlists' | 'securityGroups'>;

/**
 * Whose a link is. Where its mark lost the spec, the security group of its allowlist says which one: name and description of that group
 * are fixed when it is created.
 */
export function linkOwner(region: Groups, link: Link): Owner | undefined {
  const { owner } = link;
  if (owner === undefined || owner.spec !== undefined) return owner;
  const spec = listGroup(region, link)?.owner?.spec;
  return spec === undefined ? owner : { ...owner, spec };
}

/** Whether the link's mark lost its hash, and the security group of its allowlist shows all the same that the mark is its own. */
export function lostHash(region: Groups, link: Link): boolean {
  return link.owner !== undefined && link.owner.specHash === undefined && listGroup(region, link) !== undefined;
}

/** Completes the marks of the group that holds a link's allowlist; undefined where none is missing. */
export function markGroupStep(region: Groups, link: Link): Step | undefined {
  const group = listGroup(region, link);
  const owner = linkOwner(region, link);
  if (owner === undefined || group?.owner?.unbound !== true || !isOurs(link, owner.project)) return undefined;
  const { project, spec, integration } = owner;
  return step(
    {
      id: `mark allowlist ${integration} (${group.id})`,
      kind: 'tag',
      resource: { type: 'allowlist', name: integration, id: group.id },
      reason: 'its mark lacks tags: they are completed, and nothing else',
    },
    { linkId: link.id, tags: {}, owner: { project, spec, integration } },
  );
}

function listGroup({ allowlists, securityGroups }: Groups, { id }: Link) {
  const list = allowlists.find(({ linkId, owned }) => owned && linkId === id);
  return securityGroups.find((group) => group.id === list?.securityGroupId);
}
