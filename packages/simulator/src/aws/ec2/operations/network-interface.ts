import type { AssignPrivateIpAddressesRequest } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { interfaceFilters, isHeld, interfaceView } from '../network-interface/interface-view.js';
import { checkGroups, newInterface, checkUserMayChange } from '../network-interface/network-interface.js';
import {
  oncePerToken,
  invalidCombination,
  invalidValue,
  missingParameter,
  need,
  refuse,
} from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { getRow, ID } from '../request/ids.js';
import { checkAddress, chooseAddress, insufficientAddresses } from '../vpc/addresses.js';
import { deleteInterface, freeAddressCount, interfaceByAddress, releaseAddress, takeAddress } from '../vpc/network.js';
import type { InterfaceRow, SubnetRow } from '../state.js';

/** Network interfaces and their addresses. */
export const networkInterfaceOperations = family({
  CreateNetworkInterface(call, input) {
    refuse(input, ['Ipv4Prefixes', 'Ipv4PrefixCount', 'Ipv6Prefixes', 'Ipv6PrefixCount', 'EnablePrimaryIpv6']);
    refuse(input, ['ConnectionTrackingSpecification', 'Operator']);
    const { ec2 } = call.state;
    const row = oncePerToken(
      call,
      'CreateNetworkInterface',
      input,
      (id) => ec2.interfaces.get(id),
      () => newInterface(call, input),
    );
    return { NetworkInterface: interfaceView(call, row), ClientToken: input.ClientToken };
  },

  DeleteNetworkInterface(call, input) {
    const row = getRow(
      call.state.ec2.interfaces,
      need(input.NetworkInterfaceId, 'networkInterfaceId'),
      ID.networkInterface,
    );
    if (isHeld(row)) {
      throw new ServiceError('InvalidNetworkInterface.InUse', `Network interface '${row.id}' is currently in use.`);
    }

    deleteInterface(call, row.id);
    return {};
  },

  DescribeNetworkInterfaces: listing({
    rows: (ec2) => ec2.interfaces,
    ids: ['NetworkInterfaceIds', ID.networkInterface],
    as: 'NetworkInterfaces',
    view: (row, call) => interfaceView(call, row),
    filters: interfaceFilters,
  }),

  /** Changes one attribute of an interface. */
  ModifyNetworkInterfaceAttribute(call, input) {
    refuse(input, ['EnaSrdSpecification', 'EnablePrimaryIpv6', 'ConnectionTrackingSpecification']);
    refuse(input, ['AssociatePublicIpAddress', 'AssociatedSubnetIds']);
    const id = need(input.NetworkInterfaceId, 'networkInterfaceId');
    const row = getRow(call.state.ec2.interfaces, id, ID.networkInterface);
    const { Description, SourceDestCheck, Groups, Attachment } = input;
    const given = [Description, SourceDestCheck, Groups, Attachment].filter((value) => value !== undefined).length;
    if (given === 0) throw missingParameter('an attribute to modify'); // [U]
    if (given > 1) throw invalidCombination('Fields for multiple attribute types specified.'); // [U]

    checkUserMayChange(row);
    if (Groups !== undefined) {
      if (Groups.length === 0) throw missingParameter('securityGroupId');

      checkGroups(call, row.vpcId, Groups);
      row.groupIds = [...new Set(Groups)];
    }
    if (Description !== undefined) row.description = Description.Value ?? '';
    if (SourceDestCheck !== undefined) row.sourceDestCheck = need(SourceDestCheck.Value, 'sourceDestCheck.value');
    if (Attachment !== undefined) {
      if (row.attachment?.AttachmentId !== need(Attachment.AttachmentId, 'attachment.attachmentId')) {
        throw new ServiceError(
          'InvalidAttachmentID.NotFound',
          `The attachment '${Attachment.AttachmentId}' does not exist`,
        );
      }

      const DeleteOnTermination = need(Attachment.DeleteOnTermination, 'attachment.deleteOnTermination');
      row.attachment = { ...row.attachment, DeleteOnTermination };
    }
    return {};
  },

  /** Gives an interface secondary addresses; with AllowReassignment those of another interface, too. */
  AssignPrivateIpAddresses(call, input) {
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

  /** Removes secondary addresses from an interface. The primary one stays. */
  UnassignPrivateIpAddresses(call, input) {
    refuse(input, ['Ipv4Prefixes']);
    const id = need(input.NetworkInterfaceId, 'networkInterfaceId');
    const row = getRow(call.state.ec2.interfaces, id, ID.networkInterface);
    checkUserMayChange(row);
    const addresses = input.PrivateIpAddresses ?? [];
    if (addresses.length === 0) throw missingParameter('privateIpAddress');

    for (const address of addresses) {
      if (address === row.privateIpAddress || !row.addresses.includes(address)) {
        throw invalidValue('Some of the specified addresses are not assigned to interface ' + row.id);
      }
    }
    for (const address of new Set(addresses)) releaseAddress(call.state, row, address);
    return {};
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
