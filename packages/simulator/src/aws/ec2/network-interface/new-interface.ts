import type { CreateNetworkInterfaceRequest } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';
import type { InterfaceRow } from '../state.js';
import { invalidCombination, invalidMember, invalidValue, need } from '../request/errors.js';
import { getRow, ID } from '../request/ids.js';
import { tagsFrom } from '../request/tags.js';
import { checkAddress, chooseAddress, insufficientAddresses } from '../vpc/addresses.js';
import { createInterface, deleteInterface, freeAddressCount, takeAddress } from '../vpc/network.js';
import { checkGroups } from './interface-groups.js';
import { checkIpv6Address, chooseIpv6Address } from './ipv6-addresses.js';

/** Kinds that a user can create. The simulator treats them alike. */
const TYPES: readonly string[] = ['interface', 'efa', 'efa-only', 'branch', 'trunk'];

/**
 * Creates an interface as a request asks for it.
 * @throws {ServiceError} of an unknown subnet or group, of taken or missing addresses, and of quotas
 */
export function newInterface(call: AwsCall, input: CreateNetworkInterfaceRequest): InterfaceRow {
  const subnet = getRow(call.state.ec2.subnets, need(input.SubnetId, 'subnetId'), ID.subnet);
  const type: string = input.InterfaceType ?? 'interface';
  if (!TYPES.includes(type)) throw invalidMember('interfaceType', type, 'Unknown interface type.');
  const groups = input.Groups ?? [];
  checkGroups(call, subnet.vpcId, groups);
  if (call.state.ec2.interfaces.size >= call.quota('network-interfaces')) {
    throw new ServiceError(
      'NetworkInterfaceLimitExceeded',
      'The maximum number of network interfaces has been reached.',
    );
  }
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
  const ipv6Count = input.Ipv6AddressCount ?? (subnet.assignIpv6AddressOnCreation && ipv6.length === 0 ? 1 : 0);
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
