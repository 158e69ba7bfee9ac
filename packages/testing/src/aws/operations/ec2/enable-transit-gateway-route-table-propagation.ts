import type {
  EnableTransitGatewayRouteTablePropagationRequest,
  EnableTransitGatewayRouteTablePropagationResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { refuse } from '../../ec2/request/errors.js';
import { memberView, tableAndAttachment } from '../../ec2/transit-gateway/transit-members.js';
import { ServiceError } from '../../service-error.js';

/**
 * From now on the table contains the CIDR blocks of the attachment as propagated routes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableTransitGatewayRouteTablePropagation.html
 */
export const enableTransitGatewayRouteTablePropagation = ec2Operation({
  name: 'EnableTransitGatewayRouteTablePropagation',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: EnableTransitGatewayRouteTablePropagationRequest,
  ): EnableTransitGatewayRouteTablePropagationResult => {
    const { table, attachment } = tableAndAttachment(ec2, input);
    refuse(input, ['TransitGatewayRouteTableAnnouncementId']);
    if (table.propagations.includes(attachment.id)) {
      throw new ServiceError(
        'TransitGatewayRouteTablePropagation.Duplicate',
        `Propagation ${attachment.id} is already enabled in ${table.id}.`, // [U] words
      );
    }
    table.propagations.push(attachment.id);
    return {
      Propagation: memberView(table, attachment, 'enabling'),
    };
  },
});
