import type { UnassignPrivateIpAddressesRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, missingParameter, need, refuse } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { checkUserMayChange } from '../../ec2/network-interface/interface-permission.js';
import { releaseAddress } from '../../ec2/vpc/network.js';

/**
 * Removes secondary addresses from an interface. The primary one stays.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html
 */
export const unassignPrivateIpAddresses = ec2Operation({
  name: 'UnassignPrivateIpAddresses',
  kind: 'write',
  run: (call, input: UnassignPrivateIpAddressesRequest): Record<string, never> => {
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
