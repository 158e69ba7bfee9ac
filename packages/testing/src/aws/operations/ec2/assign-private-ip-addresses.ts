import type { AssignPrivateIpAddressesRequest, AssignPrivateIpAddressesResult } from '@aws-sdk/client-ec2';
import { checkAddress, chooseAddress, insufficientAddresses } from '../../ec2/subnet/addresses.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, missingParameter, need, refuse } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { checkUserMayChange } from '../../ec2/network-interface/interface-permission.js';
import { freeAddressCount, interfaceByAddress, releaseAddress, takeAddress } from '../../ec2/vpc/network.js';
import type { AwsCall } from '../../call.js';
import type { InterfaceRow, SubnetRow } from '../../state/ec2-state.js';

/**
 * Gives an interface secondary addresses; with AllowReassignment those of another interface, too.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html
 */
export const assignPrivateIpAddresses = ec2Operation({
  name: 'AssignPrivateIpAddresses',
  kind: 'write',
  run: (call, input: AssignPrivateIpAddressesRequest): AssignPrivateIpAddressesResult => {
    refuse(input, ['Ipv4Prefixes', 'Ipv4PrefixCount']);
    const { ec2 } = call.state;
    const row = getRow(ec2.interfaces, need(input.NetworkInterfaceId, 'networkInterfaceId'), ID.networkInterface);
    const subnet = getRow(ec2.subnets, row.subnetId, ID.subnet);
    checkUserMayChange(row);
    const named = input.PrivateIpAddresses ?? [];
    const count = input.SecondaryPrivateIpAddressCount;
    if (named.length > 0 && count !== undefined) {
      throw invalidCombination(
        'The parameter secondaryPrivateIpAddressCount cannot be used with the parameter privateIpAddresses',
      );
    }
    if (named.length === 0 && count === undefined) {
      throw missingParameter('privateIpAddresses or secondaryPrivateIpAddressCount');
    }
    if (freeAddressCount(call.state, subnet.id) < (count ?? 0)) throw insufficientAddresses(subnet.id);
    for (const address of named) if (!canMove(call, input, row, address)) checkAddress(call.state, subnet, address);
    for (const address of named) {
      const holder = interfaceByAddress(call.state, row.vpcId, address);
      if (holder !== undefined) releaseAddress(call.state, holder, address);
    }
    const added = [...new Set(named)];
    for (const address of added) takeAddress(call.state, row, address);
    added.push(...takeAny(call, row, subnet, count ?? 0));
    return {
      NetworkInterfaceId: row.id,
      AssignedPrivateIpAddresses: added.map((PrivateIpAddress) => ({ PrivateIpAddress })),
    };
  },
});

/** Whether the address is another interface's secondary one and the caller would have it from there. */
function canMove(call: AwsCall, input: AssignPrivateIpAddressesRequest, row: InterfaceRow, address: string): boolean {
  const holder = interfaceByAddress(call.state, row.vpcId, address);
  if (input.AllowReassignment !== true || holder === undefined || holder === row) return false;
  return address !== holder.privateIpAddress && holder.subnetId === row.subnetId;
}

/** Takes free addresses: as many as are wanted, or none. */
function takeAny(call: AwsCall, row: InterfaceRow, subnet: SubnetRow, count: number): string[] {
  const taken: string[] = [];
  try {
    for (let made = 0; made < count; made += 1) {
      const address = chooseAddress(call, subnet);
      takeAddress(call.state, row, address);
      taken.push(address);
    }
  } catch (error) {
    for (const address of taken) releaseAddress(call.state, row, address);
    throw error;
  }
  return taken;
}
