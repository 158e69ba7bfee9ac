import type { ModifySubnetAttributeRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import {
  invalidCombination,
  invalidMember,
  invalidValue,
  missingParameter,
  need,
  refuse,
} from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import type { SubnetRow } from '../../state/ec2-state.js';

/**
 * Changes one attribute of a subnet.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html
 */
export const modifySubnetAttribute = ec2Operation({
  name: 'ModifySubnetAttribute',
  kind: 'write',
  run: (call, input: ModifySubnetAttributeRequest): Record<string, never> => {
    refuse(input, ['MapCustomerOwnedIpOnLaunch', 'CustomerOwnedIpv4Pool']);
    const { SubnetId, ...attributes } = input;
    const row = getRow(call.state.ec2.subnets, need(SubnetId, 'subnetId'), ID.subnet);
    const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
    if (given.length === 0) throw missingParameter('an attribute to modify'); // [U]
    if (given.length > 1) throw invalidCombination('Only one subnet attribute can be modified at a time.'); // [U]
    checkIpv6(row, attributes);
    change(row, attributes);
    return {};
  },
});

type Attributes = Omit<ModifySubnetAttributeRequest, 'SubnetId'>;

function checkIpv6(row: SubnetRow, wanted: Attributes): void {
  if (wanted.AssignIpv6AddressOnCreation?.Value === true && row.ipv6CidrBlocks.length === 0) {
    throw invalidValue(
      `Invalid value 'true' for assignIpv6AddressOnCreation. Subnet must be associated with an IPv6 CIDR block.`,
    );
  }
}

function change(row: SubnetRow, wanted: Attributes): void {
  const hostnameType = wanted.PrivateDnsHostnameTypeOnLaunch;
  if (hostnameType !== undefined) {
    if (hostnameType !== 'ip-name' && hostnameType !== 'resource-name') {
      throw invalidMember('privateDnsHostnameTypeOnLaunch', hostnameType, 'Unknown hostname type.');
    }
    row.hostnameType = hostnameType;
  }
  row.mapPublicIpOnLaunch = wanted.MapPublicIpOnLaunch?.Value ?? row.mapPublicIpOnLaunch;
  row.assignIpv6AddressOnCreation = wanted.AssignIpv6AddressOnCreation?.Value ?? row.assignIpv6AddressOnCreation;
  row.enableDns64 = wanted.EnableDns64?.Value ?? row.enableDns64;
  row.enableResourceNameDnsA = wanted.EnableResourceNameDnsARecordOnLaunch?.Value ?? row.enableResourceNameDnsA;
  row.enableResourceNameDnsAaaa =
    wanted.EnableResourceNameDnsAAAARecordOnLaunch?.Value ?? row.enableResourceNameDnsAaaa;
  if (wanted.EnableLniAtDeviceIndex !== undefined) row.enableLniAtDeviceIndex = wanted.EnableLniAtDeviceIndex;
  if (wanted.DisableLniAtDeviceIndex?.Value === true) row.enableLniAtDeviceIndex = undefined;
}
