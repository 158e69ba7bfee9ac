import type {
  DeleteTransitGatewayVpcAttachmentRequest,
  DeleteTransitGatewayVpcAttachmentResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { attachmentIn, deleteAttachment } from '../../ec2/transit-gateway/transit-gateways.js';
import { vpcAttachmentView } from '../../ec2/transit-gateway/transit-views.js';

/**
 * Detaches a VPC. Its routes to the gateway become blackholes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayVpcAttachment.html
 */
export const deleteTransitGatewayVpcAttachment = ec2Operation({
  name: 'DeleteTransitGatewayVpcAttachment',
  kind: 'write',
  run: (call, input: DeleteTransitGatewayVpcAttachmentRequest): DeleteTransitGatewayVpcAttachmentResult => {
    const id = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
    const row = attachmentIn(call.state.ec2, id, 'available', 'pending', 'pendingAcceptance');
    deleteAttachment(call, row);
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },
});
