import type {
  AssociateTransitGatewayRouteTableRequest,
  AssociateTransitGatewayRouteTableResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { memberView, tableAndAttachment } from '../../ec2/transit-gateway/transit-members.js';
import { ServiceError } from '../../service-error.js';

/**
 * An attachment is associated with one table at most.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html
 */
export const associateTransitGatewayRouteTable = ec2Operation({
  name: 'AssociateTransitGatewayRouteTable',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: AssociateTransitGatewayRouteTableRequest,
  ): AssociateTransitGatewayRouteTableResult => {
    const { table, attachment } = tableAndAttachment(ec2, input);
    const tables = [...ec2.transitGatewayRouteTables.values()];
    if (tables.some(({ associations }) => associations.includes(attachment.id))) {
      throw new ServiceError(
        'Resource.AlreadyAssociated',
        `Transit Gateway Attachment ${attachment.id} is already associated to a route table.`,
      );
    }
    table.associations.push(attachment.id);
    return {
      Association: memberView(table, attachment, 'associating'),
    };
  },
});
