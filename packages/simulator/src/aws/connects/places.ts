import { canonicalIpv6 } from '../ec2/request/text-rules.js';
import { idleHolder } from '../ec2/instance/instances.js';
import { isHeld } from '../ec2/network-interface/interface-view.js';
import { interfaceByAddress } from '../ec2/vpc/network.js';
import type { VpcRow } from '../ec2/state.js';
import type { LoadBalancerRow } from '../load-balancing/state.js';
import type { RegionState } from '../state/region-state.js';
import { anyCovers } from './blocks.js';
import { explain, type End, type Finding, type Place } from './connection.js';

/** The blocks that a VPC has now, of both families. */
export function blocksOf(vpc: VpcRow): readonly string[] {
  return [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks]
    .filter((row) => row.state === 'associated')
    .map((row) => row.cidrBlock);
}

/**
 * The owner of an address of a VPC, as its own address, or by a block that was delegated to it. An interface that is
 * attached to nothing answers no call.
 */
export function endAt(region: RegionState, vpcId: string, address: string): End | Finding {
  const missing = (because: string, code: string, id: string): Finding => explain('target', because, code, id);
  const place = placeAt(region, vpcId, address);
  if (!place) return missing(`Nothing has the address ${address} in ${vpcId}.`, 'NO_POSSIBLE_DESTINATION', vpcId);
  if (!isHeld(place.eni))
    return missing(`${place.eni.id}, which has ${address}, is attached to nothing.`, 'BAD_STATE', place.eni.id);

  const off = idleHolder(region.ec2, place.eni);
  if (off) return missing(`${off.id}, which has ${address}, is ${off.state}.`, 'BAD_STATE', off.id);

  return { kind: 'place', place, balancer: balancerOf(region, place.eni.id) };
}

function placeAt(region: RegionState, vpcId: string, address: string): Place | undefined {
  const six = canonicalIpv6(address);
  const eni =
    six === undefined
      ? interfaceByAddress(region, vpcId, address)
      : [...region.ec2.interfaces.values()].find((row) => row.vpcId === vpcId && row.ipv6Addresses.includes(six));
  const holder =
    eni ??
    [...region.ec2.interfaces.values()].find((row) => row.vpcId === vpcId && anyCovers(row.prefixes ?? [], address));
  const subnet = holder && region.ec2.subnets.get(holder.subnetId);
  return holder && subnet ? { region, eni: holder, subnet, address } : undefined;
}

function balancerOf({ loadBalancing }: RegionState, interfaceId: string): LoadBalancerRow | undefined {
  return [...loadBalancing.loadBalancers.values()].find(({ zones }) =>
    zones.some(({ interfaceIds }) => interfaceIds.includes(interfaceId)),
  );
}

/** The interfaces of a load balancer. */
export function nodesOf({ region }: Pick<Place, 'region'>, { zones }: LoadBalancerRow): readonly Place[] {
  return zones
    .flatMap(({ interfaceIds }) => interfaceIds)
    .flatMap((id) => {
      const eni = region.ec2.interfaces.get(id);
      const subnet = eni && region.ec2.subnets.get(eni.subnetId);
      return eni && subnet ? [{ region, eni, subnet, address: eni.privateIpAddress }] : [];
    });
}
