import { sizeOf } from '../../../simulation/addresses.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { SubnetRow } from '../state.js';
import type { RegionState } from '../../state/aws-state.js';
import { invalidValue, blockCovers, formatIpv4, parseBlock, parseIpv4 } from '../request/text-rules.js';

/**
 * The reserved addresses of every IPv4 subnet: network, router, DNS, future use, broadcast.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
const RESERVED_ADDRESSES = 5;
const RESERVED_AT_START = 4;

/**
 * How many addresses of a subnet's IPv4 block interfaces can have. `10.0.0.0/28` has 11. An empty text (an
 * IPv6-only subnet) has 0. Rows contain canonical blocks, so the length is enough. This is called for every
 * subnet of every list.
 */
export function usableCount(cidrBlock: string): number {
  const bits = cidrBlock.slice(cidrBlock.indexOf('/') + 1);
  return cidrBlock === '' ? 0 : 2 ** (32 - Number(bits)) - RESERVED_ADDRESSES;
}

/**
 * Refuses an address that a request names and that the subnet cannot provide.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidIPAddress.InUse`.
 */
export function checkAddress(state: RegionState, subnet: SubnetRow, address: string): void {
  const block = parseBlock(subnet.cidrBlock);
  const value = parseIpv4(address);
  if (block === undefined || value === undefined) throw invalidValue(`invalid value for parameter address: ${address}`);
  if (!blockCovers(block, value)) throw invalidValue("Address does not fall within the subnet's address range");
  if (!isUsable(subnet, address)) throw invalidValue("Address is in subnet's reserved address range");
  if (isTaken(state, subnet, address)) {
    throw new ServiceError('InvalidIPAddress.InUse', 'The specified address is already in use.');
  }
}

/** Whether an address is in a subnet's block and is not one of the five reserved ones. */
function isUsable(subnet: SubnetRow, address: string): boolean {
  const block = parseBlock(subnet.cidrBlock);
  const value = parseIpv4(address);
  if (block === undefined || value === undefined) return false;

  const offset = value - Number(block.first);
  return offset >= RESERVED_AT_START && offset < sizeOf(block) - 1;
}

/** Whether an interface holds the address already. */
function isTaken(state: RegionState, subnet: SubnetRow, address: string): boolean {
  return state.ec2.addresses.has(`${subnet.vpcId}/${address}`);
}

/**
 * A free address of a subnet, chosen at random as EC2 does; ranges set aside by a CIDR reservation are left out.
 * @throws {ServiceError} `InsufficientFreeAddressesInSubnet`.
 */
export function chooseAddress(call: AwsCall, subnet: SubnetRow): string {
  const block = parseBlock(subnet.cidrBlock);
  const count = usableCount(subnet.cidrBlock);
  if (block !== undefined && subnet.usedAddresses < count) {
    const reserved = [...call.state.ec2.cidrReservations.values()]
      .filter(({ fields }) => fields.SubnetId === subnet.id)
      .map(({ fields }) => parseBlock(fields.Cidr))
      .filter((range) => range !== undefined);
    const start = Math.floor(call.random() * count);
    for (let step = 0; step < count; step += 1) {
      const value = Number(block.first) + RESERVED_AT_START + ((start + step) % count);
      const address = formatIpv4(value);
      if (isTaken(call.state, subnet, address)) continue;
      if (reserved.some((range) => blockCovers(range, value))) continue;

      return address;
    }
  }
  throw insufficientAddresses(subnet.id);
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function insufficientAddresses(subnetId: string): ServiceError {
  return new ServiceError(
    'InsufficientFreeAddressesInSubnet',
    `The specified subnet '${subnetId}' does not have enough free addresses to satisfy the request.`,
  );
}
