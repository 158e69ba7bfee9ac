import { raise } from '../../../simulation/raise.js';
import type { NetworkInterfaceAttachment } from '@aws-sdk/client-ec2';
import { defined } from '../../../simulation/defined.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { InterfaceRow, SecurityGroupRow, SubnetRow, VpcRow } from '../state.js';
import type { TagRow } from '../../state/given.js';
import type { RegionState } from '../../state/aws-state.js';
import { checkAddress, chooseAddress, usableCount } from './addresses.js';

/** The VPC, or undefined where the ID does not exist. */
export function findVpc(state: RegionState, id: string): VpcRow | undefined {
  return state.ec2.vpcs.get(id);
}

/** The subnet, or undefined where the ID does not exist. */
export function findSubnet(state: RegionState, id: string): SubnetRow | undefined {
  return state.ec2.subnets.get(id);
}

/**
 * The interface by which an instance is called: its primary one, at index 0.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html (Request routing and IP addresses)
 */
export function primaryOf({ ec2 }: Pick<RegionState, 'ec2'>, instanceId: string): InterfaceRow | undefined {
  return [...ec2.interfaces.values()].find(
    ({ attachment }) => attachment?.InstanceId === instanceId && attachment.DeviceIndex === 0,
  );
}

/** The security group, or undefined where the ID does not exist. */
export function findSecurityGroup(state: RegionState, id: string): SecurityGroupRow | undefined {
  return state.ec2.securityGroups.get(id);
}

/**
 * The group that a VPC's interfaces have when none is named.
 * @throws {ServiceError} `InvalidVpcID.NotFound` if the VPC does not exist.
 */
export function defaultSecurityGroup(state: RegionState, vpcId: string): SecurityGroupRow {
  for (const group of state.ec2.securityGroups.values()) {
    if (group.vpcId === vpcId && group.name === 'default') return group;
  }
  throw new ServiceError('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`);
}

/** How many IPv4 addresses of a subnet are free; five of each block are AWS's. 0 for an unknown subnet. */
export function freeAddressCount(state: RegionState, subnetId: string): number {
  const subnet = findSubnet(state, subnetId);
  return subnet === undefined ? 0 : usableCount(subnet.cidrBlock) - subnet.usedAddresses;
}

/** The interface that holds a private IPv4 address in a VPC. */
export function interfaceByAddress(state: RegionState, vpcId: string, address: string): InterfaceRow | undefined {
  const id = state.ec2.addresses.get(`${vpcId}/${address}`);
  return id === undefined ? undefined : state.ec2.interfaces.get(id);
}

export interface NewInterface {
  readonly subnetId: string;
  /** The VPC's default group, if empty. */
  readonly groupIds: readonly string[];
  /** `interface`, `api_gateway_managed`, `load_balancer`, `network_load_balancer`, … */
  readonly interfaceType: string;
  readonly description: string;
  readonly requesterId?: string | undefined;
  readonly requesterManaged?: boolean | undefined;
  readonly tags?: TagRow | undefined;
  readonly attachment?: NetworkInterfaceAttachment | undefined;
  /** The managing service's principal, such as `apigateway.amazonaws.com`. */
  readonly operator?: string | undefined;
  /** `<cluster>/<service>`, for a task of ECS. */
  readonly service?: string | undefined;
  /** Chosen from the free ones, if left out. */
  readonly privateIpAddress?: string | undefined;
  readonly publicIpAddress?: string | undefined;
}

/** A new attachment of an interface. `ela-attach-`: to a resource of a service, which is not an instance of the account. */
export function newAttachment(
  call: Pick<AwsCall, 'id' | 'now'>,
  prefix: 'eni-attach-' | 'ela-attach-',
  InstanceOwnerId: string,
  more: NetworkInterfaceAttachment = {},
): NetworkInterfaceAttachment {
  return {
    AttachmentId: call.id(prefix),
    InstanceOwnerId,
    DeviceIndex: 1,
    NetworkCardIndex: 0,
    Status: 'attached',
    DeleteOnTermination: false,
    AttachTime: new Date(call.now),
    ...more,
  };
}

/** The attachment of an interface to a resource of an AWS service. */
export function serviceAttachment(call: Pick<AwsCall, 'id' | 'now'>, owner = 'amazon-aws'): NetworkInterfaceAttachment {
  return newAttachment(call, 'ela-attach-', owner);
}

/**
 * Creates a network interface, which uses an address of its subnet.
 * @throws {ServiceError} `InvalidSubnetID.NotFound`; `InsufficientFreeAddressesInSubnet`; for a requested
 * address, those of `checkAddress`.
 */
export function createInterface(call: AwsCall, wanted: NewInterface): InterfaceRow {
  const subnet =
    findSubnet(call.state, wanted.subnetId) ??
    raise(new ServiceError('InvalidSubnetID.NotFound', `The subnet ID '${wanted.subnetId}' does not exist`));

  if (wanted.privateIpAddress !== undefined) checkAddress(call.state, subnet, wanted.privateIpAddress);
  const address = wanted.privateIpAddress ?? chooseAddress(call, subnet);
  const row: InterfaceRow = {
    id: call.id('eni-'),
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zoneId: subnet.zoneId,
    zoneName: subnet.zoneName,
    ownerId: call.account,
    interfaceType: wanted.interfaceType,
    description: wanted.description,
    privateIpAddress: address,
    addresses: [],
    ipv6Addresses: [],
    publicIpAddress: wanted.publicIpAddress,
    groupIds: wanted.groupIds.length > 0 ? [...wanted.groupIds] : [defaultSecurityGroup(call.state, subnet.vpcId).id],
    sourceDestCheck: true,
    macAddress: newMacAddress(call),
    requesterId: wanted.requesterId,
    requesterManaged: wanted.requesterManaged ?? false,
    operator: wanted.operator,
    attachment: wanted.attachment,
    ...defined({ service: wanted.service }),
    tags: { ...wanted.tags },
  };
  call.state.ec2.interfaces.set(row.id, row);
  takeAddress(call.state, row, address);
  return row;
}

/**
 * Deletes an interface, whether managed or not, and frees its addresses. Deleting an interface that does not
 * exist succeeds.
 */
export function deleteInterface(call: { readonly state: RegionState }, id: string): void {
  const row = call.state.ec2.interfaces.get(id);
  if (row === undefined) return;

  for (const address of row.addresses) releaseAddress(call.state, row, address);
  call.state.ec2.interfaces.delete(id);
}

/** Gives an interface one more IPv4 address. The caller has checked that it is free. */
export function takeAddress(state: RegionState, row: InterfaceRow, address: string): void {
  row.addresses.push(address);
  state.ec2.addresses.set(`${row.vpcId}/${address}`, row.id);
  const subnet = findSubnet(state, row.subnetId);
  if (subnet !== undefined) subnet.usedAddresses += 1;
}

/** Releases an IPv4 address of an interface. */
export function releaseAddress(state: RegionState, row: InterfaceRow, address: string): void {
  row.addresses = row.addresses.filter((held) => held !== address);
  state.ec2.addresses.delete(`${row.vpcId}/${address}`);
  const subnet = findSubnet(state, row.subnetId);
  if (subnet !== undefined) subnet.usedAddresses -= 1;
}

function newMacAddress(call: AwsCall): string {
  const octet = (): string =>
    Math.floor(call.random() * 256)
      .toString(16)
      .padStart(2, '0');
  return `0a:${octet()}:${octet()}:${octet()}:${octet()}:${octet()}`;
}
