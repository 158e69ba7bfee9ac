import type {
  AccountAttribute,
  DescribeAccountAttributesRequest,
  DescribeAccountAttributesResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember } from '../../ec2/request/errors.js';
import { defaultVpc } from '../../ec2/security-group/security-group-lookup.js';
import type { AwsCall } from '../../call.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html */
const ATTRIBUTES: Readonly<Record<string, (call: AwsCall) => string>> = {
  'supported-platforms': () => 'VPC',
  'default-vpc': (call) => defaultVpc(call.state.ec2)?.id ?? 'none',
  'max-instances': () => '20',
  'vpc-max-security-groups-per-interface': (call) => String(call.quota('security-groups-per-interface')),
  'max-elastic-ips': () => '5',
  'vpc-max-elastic-ips': () => '5',
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html */
export const describeAccountAttributes = ec2Operation({
  name: 'DescribeAccountAttributes',
  kind: 'read',
  run: (call, input: DescribeAccountAttributesRequest): DescribeAccountAttributesResult => {
    const names: readonly string[] = input.AttributeNames?.length ? input.AttributeNames : Object.keys(ATTRIBUTES);
    const attributes = names.map((name): AccountAttribute => {
      const valueOf = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
      if (valueOf === undefined) throw invalidMember('attributeName', name, 'Unknown attribute.');
      return { AttributeName: name, AttributeValues: [{ AttributeValue: valueOf(call) }] };
    });
    return { AccountAttributes: attributes };
  },
});
