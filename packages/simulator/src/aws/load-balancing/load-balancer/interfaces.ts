import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { chooseIpv6Address } from '../../ec2/network-interface/network-interface.js';
import { createInterface, deleteInterface, findSecurityGroup, serviceAttachment } from '../../ec2/vpc/network.js';
import type { LoadBalancerRow, LoadBalancerZone } from '../state.js';
import { loadBalancerPath } from '../find.js';
import type { Placement } from './subnets.js';
import { unfit } from '../request.js';

type Owner = Pick<
  LoadBalancerRow['fields'],
  'LoadBalancerArn' | 'Type' | 'Scheme' | 'SecurityGroups' | 'IpAddressType'
>;

/**
 * Creates a load balancer's interface in a subnet, managed by the service, with the description `ELB
 * app/name/id`. An application load balancer's belongs to `amazon-elb`, a network one's to `amazon-aws`;
 * tools wait for them by these names.
 * @throws {ServiceError} `InsufficientFreeAddressesInSubnet`.
 */
export function occupy(call: AwsCall, owner: Owner, placement: Placement): LoadBalancerZone {
  const { subnet } = placement;
  const { SecurityGroups: groupIds = [] } = owner;
  const network = owner.Type !== 'application';
  const facing = owner.Scheme === 'internet-facing';
  const row = createInterface(call, {
    subnetId: subnet.id,
    groupIds,
    interfaceType: INTERFACE_TYPES[owner.Type],
    description: `ELB ${loadBalancerPath(owner.LoadBalancerArn)}`,
    requesterId: network ? 'amazon-aws' : 'amazon-elb',
    requesterManaged: true,
    privateIpAddress: placement.address.PrivateIPv4Address,
    publicIpAddress: facing ? publicAddress(call) : undefined,
    attachment: serviceAttachment(call, network ? 'amazon-aws' : 'amazon-elb'),
  });
  if (owner.IpAddressType !== 'ipv4') {
    row.ipv6Addresses.push(placement.address.IPv6Address ?? chooseIpv6Address(call, subnet));
  }
  // A network load balancer without security groups lets everything pass: its interface carries none.
  if (network && groupIds.length === 0) row.groupIds = [];
  const addresses = Object.keys(placement.address).length > 0 ? [placement.address] : [];
  return {
    fields: { ZoneName: subnet.zoneName, SubnetId: subnet.id, LoadBalancerAddresses: addresses },
    interfaceIds: [row.id],
  };
}

const INTERFACE_TYPES = {
  application: 'interface',
  network: 'network_load_balancer',
  gateway: 'gateway_load_balancer',
} as const;

/** Documentation addresses (RFC 5737): nothing real answers there. */
function publicAddress(call: AwsCall): string {
  return `203.0.113.${1 + Math.floor(call.random() * 254)}`;
}

/** Gives the interfaces of a load balancer its security groups. */
export function regroup(call: AwsCall, { fields, zones }: LoadBalancerRow): void {
  for (const zone of zones) {
    for (const id of zone.interfaceIds) {
      const row = call.state.ec2.interfaces.get(id);
      if (row !== undefined) row.groupIds = [...(fields.SecurityGroups ?? [])];
    }
  }
}

/**
 * How long interfaces exist after their load balancer was deleted or left a subnet. Subnets and groups
 * cannot be deleted before.
 */
const LINGER_MS = 15_000;

/** Releases interfaces: they are deleted a little later. */
export function release(call: AwsCall, zones: readonly LoadBalancerZone[]): void {
  for (const id of zones.flatMap((zone) => zone.interfaceIds)) {
    call.after(LINGER_MS, 'load-balancing.release-interface', { id });
  }
}

/** The timer's end of {@link release}. */
export function releaseInterface(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  deleteInterface(call, String(data['id']));
}

/**
 * Checks that security groups exist, and are of the load balancer's VPC.
 * @returns each once, in the order given
 * @throws {ServiceError} `InvalidSecurityGroup`, `InvalidConfigurationRequest`.
 */
export function checkSecurityGroups(call: AwsCall, vpcId: string, ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  for (const id of unique) {
    const group = findSecurityGroup(call.state, id);
    if (group === undefined) throw new ServiceError('InvalidSecurityGroup', `Security group '${id}' does not exist`);
    if (group.vpcId !== vpcId) throw unfit(`Security group '${id}' does not belong to VPC '${vpcId}'`);
  }
  const most = call.quota('security-groups-per-interface');
  if (unique.length > most) throw unfit(`The number of security groups exceeds the limit of ${most}`);

  return unique;
}
