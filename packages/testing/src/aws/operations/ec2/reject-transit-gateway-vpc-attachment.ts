import type {
  RejectTransitGatewayVpcAttachmentRequest,
  RejectTransitGatewayVpcAttachmentResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { attachmentIn } from '../../ec2/transit-gateway/transit-gateways.js';
import { vpcAttachmentView } from '../../ec2/transit-gateway/transit-views.js';

/**
 * Turns another account's VPC down. Requests of that kind can only be planted.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectTransitGatewayVpcAttachment.html
 */
export const rejectTransitGatewayVpcAttachment = ec2Operation({
  name: 'RejectTransitGatewayVpcAttachment',
  kind: 'write',
  run: (call, input: RejectTransitGatewayVpcAttachmentRequest): RejectTransitGatewayVpcAttachmentResult => {
    const id = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
    const row = attachmentIn(call.state.ec2, id, 'pendingAcceptance');
    row.state = 'rejected';
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },
});
