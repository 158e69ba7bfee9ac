import type {
  DisableTransitGatewayRouteTablePropagationRequest,
  DisableTransitGatewayRouteTablePropagationResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { refuse } from '../../ec2/request/errors.js';
import { memberView, tableAndAttachment } from '../../ec2/transit-gateway/transit-members.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableTransitGatewayRouteTablePropagation.html */
export const disableTransitGatewayRouteTablePropagation = ec2Operation({
  name: 'DisableTransitGatewayRouteTablePropagation',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: DisableTransitGatewayRouteTablePropagationRequest,
  ): DisableTransitGatewayRouteTablePropagationResult => {
    const { table, attachment } = tableAndAttachment(ec2, input);
    refuse(input, ['TransitGatewayRouteTableAnnouncementId']);
    if (!table.propagations.includes(attachment.id)) {
      throw new ServiceError(
        'TransitGatewayRouteTablePropagation.NotFound',
        `Propagation ${attachment.id} does not exist in ${table.id}.`, // [U] words
      );
    }
    table.propagations = table.propagations.filter((id) => id !== attachment.id);
    return {
      Propagation: memberView(table, attachment, 'disabling'),
    };
  },
});
