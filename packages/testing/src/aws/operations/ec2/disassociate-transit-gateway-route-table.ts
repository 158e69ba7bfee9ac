import type {
  DisassociateTransitGatewayRouteTableRequest,
  DisassociateTransitGatewayRouteTableResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { memberView, tableAndAttachment } from '../../ec2/transit-gateway/transit-members.js';
import { ServiceError } from '../../service-error.js';

/**
 * Packets of an attachment without a table are dropped.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateTransitGatewayRouteTable.html
 */
export const disassociateTransitGatewayRouteTable = ec2Operation({
  name: 'DisassociateTransitGatewayRouteTable',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: DisassociateTransitGatewayRouteTableRequest,
  ): DisassociateTransitGatewayRouteTableResult => {
    const { table, attachment } = tableAndAttachment(ec2, input);
    if (!table.associations.includes(attachment.id)) {
      throw new ServiceError(
        'InvalidAssociation.NotFound',
        `The association of ${attachment.id} with ${table.id} does not exist.`, // [U]
      );
    }
    table.associations = table.associations.filter((id) => id !== attachment.id);
    return {
      Association: memberView(table, attachment, 'disassociating'),
    };
  },
});
