import type { Link } from '../../model/link.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { allowlistOf } from '../../world/allowlist-of.js';

/** The link, and the others whose allowlist is in the same security group of this project: what one of them loses, all lose. */
export function sharingGroup(region: RegionSnapshot, link: Link): readonly Link[] {
  const group = ownGroup(region, link);
  return group === undefined ? [link] : region.links.filter((one) => ownGroup(region, one) === group);
}

/** The security group of this project that holds the allowlist of a link. */
export function ownGroup(region: RegionSnapshot, { id }: Link): string | undefined {
  const list = allowlistOf(region, id);
  return list?.owned === true ? list.securityGroupId : undefined;
}
