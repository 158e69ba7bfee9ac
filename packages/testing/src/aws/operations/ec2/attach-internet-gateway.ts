import type { AttachInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { checkId, getRow, ID } from '../../ec2/request/ids.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html */
export const attachInternetGateway = ec2Operation({
  name: 'AttachInternetGateway',
  kind: 'write',
  run: ({ state: { ec2 } }, input: AttachInternetGatewayRequest): Record<string, never> => {
    const row = getRow(ec2.internetGateways, need(input.InternetGatewayId, 'internetGatewayId'), ID.internetGateway);
    const vpcId = need(input.VpcId, 'vpcId');
    // The one operation that is known to check the form: https://github.com/aws-controllers-k8s/ec2-controller (63f2ec7)
    checkId(vpcId, { ...ID.vpc, malformed: 'InvalidVpcId.Malformed' });
    const vpc = getRow(ec2.vpcs, vpcId, ID.vpc);
    if (row.vpcId !== undefined) {
      throw new ServiceError(
        'Resource.AlreadyAssociated',
        `resource ${row.id} is already attached to network ${row.vpcId}`,
      );
    }
    if ([...ec2.internetGateways.values()].some((other) => other.vpcId === vpc.id)) {
      throw invalidValue(`Network ${vpc.id} already has an internet gateway attached`);
    }
    row.vpcId = vpc.id;
    return {};
  },
});
