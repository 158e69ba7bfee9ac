import type { AssociateDhcpOptionsRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/**
 * Assigns a set of DHCP options to a VPC; `default` means none.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateDhcpOptions.html
 */
export const associateDhcpOptions = ec2Operation({
  name: 'AssociateDhcpOptions',
  kind: 'write',
  run: ({ state: { ec2 } }, input: AssociateDhcpOptionsRequest): Record<string, never> => {
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const id = need(input.DhcpOptionsId, 'dhcpOptionsId');
    vpc.dhcpOptionsId = id === 'default' ? id : getRow(ec2.dhcpOptions, id, ID.dhcpOptions).id;
    return {};
  },
});
