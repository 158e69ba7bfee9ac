import type { DescribeVpcAttributeRequest, DescribeVpcAttributeResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html */
export const describeVpcAttribute = ec2Operation({
  name: 'DescribeVpcAttribute',
  kind: 'read',
  run: (call, input: DescribeVpcAttributeRequest): DescribeVpcAttributeResult => {
    const vpc = getRow(call.state.ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const attribute = need<string>(input.Attribute, 'attribute');
    switch (attribute) {
      case 'enableDnsSupport':
        return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.enableDnsSupport } };
      case 'enableDnsHostnames':
        return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.enableDnsHostnames } };
      case 'enableNetworkAddressUsageMetrics':
        return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: vpc.enableNetworkAddressUsageMetrics } };
      default:
        throw invalidMember('attribute', attribute, 'Unknown attribute.');
    }
  },
});
