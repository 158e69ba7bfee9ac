import type { NetworkInterface, Subnet, Zone } from '@postern/core/snapshot';
import type { SubnetOutput } from '../sdk-types.js';

/** Finds the ids of zones. Load balancers speak of zones by the account's own names for them. */
export interface ZoneFinder {
  readonly idOf: (zoneName: string) => string | undefined;
  readonly ofSubnet: (subnetId: string) => string | undefined;
  /** The zone of an instance, or of a private address of a network. */
  readonly ofTarget: (instanceOrAddress: string, networkId: string | undefined) => string | undefined;
}

/** A finder of the zones that were read. Where they were not read, the zones of subnets are used. */
export function zoneFinder(
  zones: readonly Zone[] | undefined,
  subnets: readonly Subnet[],
  interfaces: readonly NetworkInterface[],
): ZoneFinder {
  const names = new Map<string, string>();
  for (const { zone, raw } of subnets) {
    const name = (raw as SubnetOutput | null)?.AvailabilityZone;
    if (name !== undefined && zone !== '') names.set(name, zone);
  }
  for (const { id, name } of zones ?? []) if (name !== undefined) names.set(name, id);
  const bySubnet = new Map(subnets.map(({ id, zone }) => [id, zone] as const));
  const places = new Map<string, string>();
  for (const { attachedTo, addresses, networkId, subnetId } of interfaces) {
    const zone = bySubnet.get(subnetId);
    if (zone === undefined) continue;
    for (const key of attachedTo === undefined ? addresses : [attachedTo, ...addresses]) {
      places.set(`${networkId} ${key}`, zone);
    }
  }
  return {
    idOf: (name) => names.get(name),
    ofSubnet: (id) => bySubnet.get(id),
    ofTarget: (target, networkId) => places.get(`${networkId} ${target}`),
  };
}
