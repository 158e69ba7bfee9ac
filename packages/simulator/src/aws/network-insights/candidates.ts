import { formatAddress, readBlock } from '../../simulation/addresses.js';
import type { Ports } from '../../simulation/port-ranges.js';
import { interfacesOf } from '../ec2/instance/instances.js';
import { cidrsOf } from '../ec2/prefix-list.js';
import type { RegionState } from '../state/region-state.js';
import type { Place } from '../connects/connection.js';
import { routeTableOf } from '../connects/route-choice.js';

/** The places of an end: the interfaces of an instance or of an endpoint, by each address; none of a gateway. */
export function placesOf(region: RegionState, id = ''): readonly Place[] {
  const { ec2 } = region;
  const interfaces = Object.values(ec2.vpcEndpoints.get(id)?.interfaces ?? {});
  return [id, ...interfaces, ...interfacesOf(ec2, id).map((row) => row.id)].flatMap((one) => {
    const eni = ec2.interfaces.get(one);
    const subnet = eni && ec2.subnets.get(eni.subnetId);
    return eni && subnet ? eni.addresses.map((address) => ({ region, eni, subnet, address })) : [];
  });
}

/** Ports of a range, one for each part of it that rules, entries or listeners may treat differently. */
export function portsIn({ ec2, loadBalancing }: RegionState, [first, last]: Ports): readonly number[] {
  const rules = [...ec2.securityGroupRules.values()].map(({ fields }) => [fields.FromPort, fields.ToPort] as const);
  const entries = [...ec2.networkAcls.values()].flatMap((acl) => acl.entries);
  const ranges = [...rules, ...entries.map(({ PortRange }) => [PortRange?.From ?? 0, PortRange?.To ?? 0] as const)];
  const listeners = [...loadBalancing.listeners.values()].map(({ fields }) => fields.Port ?? 0);
  const edges = [...ranges.flatMap(([from, to]) => [from, to + 1]), ...listeners];
  return first > last ? [] : [...new Set([first, ...edges.filter((port) => first < port && port <= last)])];
}

/**
 * Addresses of the other end of a path from or to a gateway: one of each block that its routes or the rules of the interface's groups name;
 * any one where no route leads to it.
 */
export function addressesBehind(place: Place, gateway: string, egress: boolean): readonly string[] {
  const { region, eni } = place;
  const { prefixLists, securityGroupRules } = region.ec2;
  const inList = (id: string | undefined): readonly string[] => cidrsOf(prefixLists.get(id ?? ''));
  const routes = routeTableOf(region, place.subnet)?.routes.filter(({ targetId }) => targetId === gateway) ?? [];
  const routed = routes.flatMap(({ kind, destination }) =>
    kind === 'prefix-list' ? inList(destination) : destination,
  );
  const named = [...securityGroupRules.values()]
    .filter(({ groupId, fields }) => eni.groupIds.includes(groupId) && fields.IsEgress === egress)
    .flatMap(({ fields: { CidrIpv4, PrefixListId } }) => CidrIpv4 ?? inList(PrefixListId));
  const blocks = routed.length === 0 ? ['0.0.0.0/0'] : [...routed, ...named];
  return [...new Set(blocks)].flatMap((text) => {
    const block = text.includes(':') ? undefined : readBlock(text);
    if (!block) return [];

    return formatAddress({ family: 4, value: block.first === block.last ? block.first : block.first + 1n });
  });
}
