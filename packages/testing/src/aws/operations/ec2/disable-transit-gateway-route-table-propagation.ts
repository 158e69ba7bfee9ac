import type {
  DisableTransitGatewayRouteTablePropagationRequest,
  DisableTransitGatewayRouteTablePropagationResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/ec2-operation.js';
import { need, refuse } from '../../ec2/errors.js';
import { attachmentIn, getTransitRouteTable, needSameGateway } from '../../ec2/transit-gateways.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableTransitGatewayRouteTablePropagation.html */
export const disableTransitGatewayRouteTablePropagation = ec2Operation({
  name: 'DisableTransitGatewayRouteTablePropagation',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: DisableTransitGatewayRouteTablePropagationRequest,
  ): DisableTransitGatewayRouteTablePropagationResult => {
    const table = getTransitRouteTable(ec2, need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId'));
    const attachment = attachmentIn(
      ec2,
      need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId'),
      'available',
    );
    needSameGateway(table, attachment);
    refuse(input, ['TransitGatewayRouteTableAnnouncementId']);
    if (!table.propagations.includes(attachment.id)) {
      throw new ServiceError(
        'TransitGatewayRouteTablePropagation.NotFound',
        `Propagation ${attachment.id} does not exist in ${table.id}.`, // [U] words
      );
    }
    table.propagations = table.propagations.filter((id) => id !== attachment.id);
    return {
      Propagation: {
        TransitGatewayRouteTableId: table.id,
        TransitGatewayAttachmentId: attachment.id,
        ResourceId: attachment.resourceId,
        ResourceType: attachment.resourceType,
        State: 'disabling',
      },
    };
  },
});
