import { formatAddress } from '../../../simulation/addresses.js';
import { covers } from '../../../simulation/blocks.js';
import type { AwsCall } from '../../operation/call.js';
import type { SubnetRow } from '../state.js';
import { parseBlock } from '../request/cidr.js';
import { invalidValue } from '../request/errors.js';

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
export function checkIpv6Address(call: AwsCall, subnet: SubnetRow, text: string): string {
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
