import { madeOnce } from '../../../do/world/derived.js';
import type { NetworkInterface } from '../../../do/model/network.js';
import type { CheckInput, RegionIndex } from '../../../do/world/views.js';
import { readBlocks, readPlace } from '../model/group-set.js';
import { interfaceAt, unseenInterfaces } from './interface-end.js';
import { contains } from '../../../cidr/prefix.js';

/** An interface, and the account and region that it is in. */
export interface FarInterface {
  readonly region: RegionIndex;
  readonly own: NetworkInterface;
  /** Whether rules there may name groups of the other side: over peerings within a region of AWS. */
  readonly keepsGroups: boolean;
}

/**
 * The interface with an address in a network that is connected by an active peering or a transit gateway.
 * Undefined where none is found, or where several networks have the address: then the routes decide which one
 * calls reach.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function farInterface(
  find: CheckInput['regionOf'],
  here: RegionIndex,
  networkId: string,
  address: string,
): FarInterface | undefined {
  // The network's own blocks are local to it, even if other networks have the same ones.
  if (isOfNetwork(here, networkId, address) !== false) return undefined;

  const found = new Map<NetworkInterface, FarInterface>();
  for (const { id, account, region, via } of joinedTo(here, networkId)) {
    const { provider } = here.region;
    const isHere =
      (account ?? here.region.account) === here.region.account && (region ?? here.region.region) === here.region.region;
    const ownerWorld = isHere
      ? here
      : find({ provider, region: region ?? here.region.region, account: account ?? here.region.account });
    const one = ownerWorld && interfaceAt(ownerWorld, id, address);
    if (one === undefined || ownerWorld === undefined) continue;

    // Where the cloud does not say, rules that name groups count: what they allow is not reported as refused.
    const isNear =
      ownerWorld.region.region === here.region.region && here.clouds.network(here.region).groupsReachPeers !== false;
    found.set(one, { region: ownerWorld, own: one, keepsGroups: via === 'peering' && isNear });
  }
  const [only, ...others] = found.values();
  return others.length === 0 ? only : undefined;
}

/** Whether an address is in a block of a network; undefined where that cannot be determined. */
function isOfNetwork(region: RegionIndex, networkId: string, address: string): boolean | undefined {
  const place = readPlace(address);
  const network = region.find('networks', networkId);
  if (place === undefined || network.is !== 'found') return undefined;

  const own = readBlocks([...network.value.cidrBlocks, ...(network.value.ipv6CidrBlocks ?? [])]);
  return own.some((block) => contains(block, place));
}

/**
 * Whether an address of the link's own network is certainly unused, as far as the cloud shows: all interfaces
 * were read, none has it, and in this cloud only interfaces have addresses.
 */
export function isUnusedAddress(region: RegionIndex, networkId: string | undefined, address: string): boolean {
  if (networkId === undefined || !region.clouds.network(region.region).addressesAreInterfaces) return false;
  if (unseenInterfaces(region, networkId, address) !== undefined) return false;

  return isOfNetwork(region, networkId, address) === true && interfaceAt(region, networkId, address) === undefined;
}

interface Joined {
  readonly id: string;
  readonly via: 'peering' | 'transit gateway';
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** The networks on the other sides of a network's active peerings and transit gateways; looked up once for each. */
function joinedTo(region: RegionIndex, networkId: string): readonly Joined[] {
  return madeOnce(region, 'joined networks', networkId, () => findJoined(region, networkId));
}

function findJoined(region: RegionIndex, networkId: string): readonly Joined[] {
  const peerings = region.group('peerings', 'network', ({ sides }) => sides.map((side) => side.networkId));
  const transit = region.group('transitGateways', 'network', ({ attachments = [] }) =>
    attachments.map(({ kind, resourceId }) => (kind === 'network' ? resourceId : undefined)),
  );
  const joined: Joined[] = (peerings.get(networkId) ?? [])
    .filter(({ state }) => state === 'active')
    .flatMap(({ sides }) => sides.map((side) => ({ ...side, id: side.networkId, via: 'peering' as const })));
  for (const { attachments = [] } of transit.get(networkId) ?? []) {
    for (const { kind, state, resourceId, account } of attachments) {
      if (kind === 'network' && state === 'available' && resourceId !== undefined)
        joined.push({ id: resourceId, account, via: 'transit gateway' });
    }
  }
  return joined.filter(({ id }) => id !== networkId);
}
