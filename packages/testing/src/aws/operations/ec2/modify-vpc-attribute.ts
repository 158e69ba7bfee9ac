import type { ModifyVpcAttributeRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, missingParameter, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/**
 * Changes one attribute of a VPC.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html
 */
export const modifyVpcAttribute = ec2Operation({
  name: 'ModifyVpcAttribute',
  kind: 'write',
  run: (call, input: ModifyVpcAttributeRequest): Record<string, never> => {
    const vpc = getRow(call.state.ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const support = input.EnableDnsSupport?.Value;
    const hostnames = input.EnableDnsHostnames?.Value;
    const metrics = input.EnableNetworkAddressUsageMetrics?.Value;
    const given = [support, hostnames, metrics].filter((value) => value !== undefined).length;
    if (given === 0) throw missingParameter('enableDnsSupport, enableDnsHostnames or enableNetworkAddressUsageMetrics'); // [U]
    if (given > 1) throw invalidCombination('Only one attribute can be modified at a time.'); // [U]
    if (hostnames === true && !vpc.enableDnsSupport) {
      throw invalidCombination('DNS hostnames can only be enabled if DNS support is enabled.'); // [U]
    }
    vpc.enableDnsSupport = support ?? vpc.enableDnsSupport;
    vpc.enableDnsHostnames = hostnames ?? vpc.enableDnsHostnames;
    vpc.enableNetworkAddressUsageMetrics = metrics ?? vpc.enableNetworkAddressUsageMetrics;
    return {};
  },
});
