import type {
  AcceptTransitGatewayVpcAttachmentRequest,
  AcceptTransitGatewayVpcAttachmentResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { attachmentIn, TRANSIT_MS } from '../../ec2/transit-gateway/transit-gateways.js';
import { vpcAttachmentView } from '../../ec2/transit-gateway/transit-views.js';

/**
 * Takes another account's VPC in. Requests of that kind can only be planted.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptTransitGatewayVpcAttachment.html
 */
export const acceptTransitGatewayVpcAttachment = ec2Operation({
  name: 'AcceptTransitGatewayVpcAttachment',
  kind: 'write',
  run: (call, input: AcceptTransitGatewayVpcAttachmentRequest): AcceptTransitGatewayVpcAttachmentResult => {
    const id = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
    const row = attachmentIn(call.state.ec2, id, 'pendingAcceptance');
    row.state = 'pending';
    call.after(TRANSIT_MS, 'ec2.transit-gateway-attachment', { id: row.id, to: 'available' });
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },
});
