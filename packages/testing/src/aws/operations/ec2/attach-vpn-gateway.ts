import type { AttachVpnGatewayRequest, AttachVpnGatewayResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { getVpnGateway } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVpnGateway.html */
export const attachVpnGateway = ec2Operation({
  name: 'AttachVpnGateway',
  kind: 'write',
  run: ({ state: { ec2 } }, input: AttachVpnGatewayRequest): AttachVpnGatewayResult => {
    const row = getVpnGateway(ec2, need(input.VpnGatewayId, 'vpnGatewayId'));
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const isTaken = [...ec2.vpnGateways.values()].some((other) => other.id !== row.id && other.vpcId === vpc.id);
    if (isTaken || (row.vpcId !== undefined && row.vpcId !== vpc.id)) {
      throw new ServiceError(
        'VpnGatewayAttachmentLimitExceeded',
        `A VPC has one virtual private gateway at most, and a virtual private gateway one VPC.`, // [U] words
      );
    }
    row.vpcId = vpc.id;
    return { VpcAttachment: { VpcId: vpc.id, State: 'attaching' } };
  },
});
