import type { Link } from '../../model/link.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';

/** The network of a link, where the cloud does not report it: that of its subnets. */
export function networkOfLink(region: RegionSnapshot, link: Link): string | undefined {
  return link.networkId ?? region.subnets.find(({ id }) => link.subnetIds.includes(id))?.networkId;
}
