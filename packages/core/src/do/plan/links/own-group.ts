import type { Link } from '../../model/link.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { findAllowlist } from '../../world/allowlist-of.js';

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
