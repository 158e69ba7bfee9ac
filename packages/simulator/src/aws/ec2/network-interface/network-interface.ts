import type { CreateNetworkInterfaceRequest } from '@aws-sdk/client-ec2';
import { formatAddress, covers } from '../../../simulation/addresses.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { SubnetRow, InterfaceRow } from '../state.js';
import {
  parseBlock,
  invalidValue,
  invalidCombination,
  invalidMember,
  need,
  checkQuota,
} from '../request/text-rules.js';
import { checkId, needRow, ID } from '../request/ids.js';
import { tagsFrom } from '../request/family.js';
import { checkAddress, chooseAddress, insufficientAddresses } from '../vpc/addresses.js';
import { createInterface, deleteInterface, freeAddressCount, takeAddress } from '../vpc/network.js';

/** How many random bits an address gets. An address that is already in use is replaced by another one. */
const RANDOM_BITS = 48;

/**
 * A free IPv6 address of a subnet.
 * @throws {ServiceError} `InvalidParameterValue` if the subnet has no IPv6 block.
 */
export function chooseIpv6Address(call: AwsCall, subnet: SubnetRow): string {
  const block = ipv6Block(subnet);
  for (;;) {
    const host = BigInt(Math.floor(call.random() * 2 ** RANDOM_BITS)) + 4n;
    const address = formatAddress({ family: 6, value: block.first + host });
    if (!isTaken(call, address)) return address;
  }
}

/**
 * The canonical form of an IPv6 address that a request names.
 * @throws {ServiceError} `InvalidParameterValue`.
 */
function checkIpv6Address(call: AwsCall, subnet: SubnetRow, text: string): string {
  const wanted = parseBlock(`${text}/128`);
  if (wanted?.family !== 6) throw invalidValue(`invalid value for parameter ipv6Address: ${text}`);
  if (!covers(ipv6Block(subnet), wanted)) {
    throw invalidValue("Address does not fall within the subnet's address range");
  }

  const address = formatAddress({ family: 6, value: wanted.first });
  if (isTaken(call, address)) throw invalidValue('The specified address is already in use.');

  return address;
}

function ipv6Block(subnet: SubnetRow) {
  const block = parseBlock(subnet.ipv6CidrBlocks[0]?.cidrBlock ?? '');
  if (block === undefined) throw invalidValue(`The subnet '${subnet.id}' does not have an IPv6 CIDR block`); // [U]

  return block;
}

function isTaken(call: AwsCall, address: string): boolean {
  for (const row of call.state.ec2.interfaces.values()) if (row.ipv6Addresses.includes(address)) return true;
  return false;
}

/**
 * Whether an interface of a VPC can carry these groups.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (InvalidSecurityGroupID.NotFound)
 * @throws {ServiceError} `InvalidSecurityGroupID.NotFound`, `InvalidParameter`, `SecurityGroupsPerInterfaceLimitExceeded`.
 */
export function checkGroups(call: AwsCall, vpcId: string, groupIds: readonly string[]): void {
  for (const id of groupIds) {
    const group = call.state.ec2.securityGroups.get(id);
    if (group === undefined) {
      checkId(id, ID.securityGroup);
      throw new ServiceError('InvalidSecurityGroupID.NotFound', `The security group '${id}' does not exist`);
    }
    if (group.vpcId !== vpcId) {
      throw new ServiceError('InvalidParameter', 'You have specified two resources that belong to different networks.');
    }
  }
  const others = new Set(groupIds).size - 1;
  checkQuota(call, 'security-groups-per-interface', others, 'SecurityGroupsPerInterfaceLimitExceeded');
}

/** Kinds that a user can create. The simulator treats them alike. */
const TYPES: readonly string[] = ['interface', 'efa', 'efa-only', 'branch', 'trunk'];

/**
 * Creates an interface as a request asks for it.
 * @throws {ServiceError} of an unknown subnet or group, of taken or missing addresses, and of quotas
 */
export function newInterface(call: AwsCall, input: CreateNetworkInterfaceRequest): InterfaceRow {
  const subnet = needRow(call.state.ec2, ID.subnet, input.SubnetId);
  const type: string = input.InterfaceType ?? 'interface';
  if (!TYPES.includes(type)) throw invalidMember('interfaceType', type, 'Unknown interface type.');

  const groups = input.Groups ?? [];
  checkGroups(call, subnet.vpcId, groups);
  checkQuota(call, 'network-interfaces', call.state.ec2.interfaces.size, 'NetworkInterfaceLimitExceeded');

  const tags = tagsFrom(input.TagSpecifications, 'network-interface');
  const { primary, secondary } = wantedAddresses(input);
  for (const address of secondary) checkAddress(call.state, subnet, address);
  const more = input.SecondaryPrivateIpAddressCount ?? 0;
  if (freeAddressCount(call.state, subnet.id) < 1 + secondary.length + more) throw insufficientAddresses(subnet.id);

  const ipv6 = (input.Ipv6Addresses ?? []).map((one) =>
    checkIpv6Address(call, subnet, need(one.Ipv6Address, 'ipv6Address')),
  );
  const row = createInterface(call, {
    subnetId: subnet.id,
    groupIds: groups,
    interfaceType: type,
    description: input.Description ?? '',
    requesterId: call.caller.userId,
    tags,
    privateIpAddress: primary,
  });
  const ipv6Count =
    input.Ipv6AddressCount ?? (subnet.fields.AssignIpv6AddressOnCreation === true && ipv6.length === 0 ? 1 : 0);
  try {
    for (const address of secondary) takeAddress(call.state, row, address);
    for (let count = 0; count < more; count += 1) takeAddress(call.state, row, chooseAddress(call, subnet));
    row.ipv6Addresses.push(...ipv6);
    for (let count = 0; count < ipv6Count; count += 1) row.ipv6Addresses.push(chooseIpv6Address(call, subnet));
  } catch (error) {
    // A refused request makes nothing.
    deleteInterface(call, row.id);
    throw error;
  }
  return row;
}

/** The addresses that a request names: one of them is the primary one. */
function wantedAddresses(input: CreateNetworkInterfaceRequest): { primary: string | undefined; secondary: string[] } {
  const named = input.PrivateIpAddresses ?? [];
  if (named.length > 0 && input.SecondaryPrivateIpAddressCount !== undefined) {
    throw invalidCombination(
      'The parameter secondaryPrivateIpAddressCount cannot be used with the parameter privateIpAddresses',
    );
  }

  const texts = named.map((one) => need(one.PrivateIpAddress, 'privateIpAddress'));
  if (new Set(texts).size < texts.length) throw invalidValue('The same address must not appear multiple times');

  const primaries = named.filter((one) => one.Primary === true).map((one) => one.PrivateIpAddress);
  if (
    primaries.length + (input.PrivateIpAddress === undefined ? 0 : 1) > 1 &&
    primaries[0] !== input.PrivateIpAddress
  ) {
    throw invalidCombination('Only one address can be the primary one.'); // [U]
  }

  const primary = input.PrivateIpAddress ?? primaries[0];
  return { primary, secondary: texts.filter((text) => text !== primary) };
}

/**
 * What a service manages, its user cannot change or delete, whatever his permissions.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 * @throws {ServiceError} `OperationNotPermitted`.
 */
export function checkUserMayChange(row: InterfaceRow): void {
  if (!row.requesterManaged && row.operator === undefined) return;

  throw new ServiceError(
    'OperationNotPermitted',
    `You are not allowed to manage '${row.id}'. It is managed by ${row.operator ?? row.requesterId ?? 'a service'}.`, // [U]
  );
}
