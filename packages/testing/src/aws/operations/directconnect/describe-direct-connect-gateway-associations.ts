import type {
  DescribeDirectConnectGatewayAssociationsRequest,
  DescribeDirectConnectGatewayAssociationsResult,
} from '@aws-sdk/client-direct-connect';
import { everywhere, isAsked, pageOf } from '../../direct-connect/list.js';
import { associationView } from '../../direct-connect/views.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/**
 * One of the gateways, or an association, must be named.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeDirectConnectGatewayAssociations.html
 */
export const describeDirectConnectGatewayAssociations = operation<
  DescribeDirectConnectGatewayAssociationsRequest,
  DescribeDirectConnectGatewayAssociationsResult
>({
  service: 'directconnect',
  name: 'DescribeDirectConnectGatewayAssociations',
  kind: 'read',
  run: (call, input) => {
    const { associationId, associatedGatewayId, directConnectGatewayId, virtualGatewayId } = input;
    if (![associationId, associatedGatewayId, directConnectGatewayId, virtualGatewayId].some(Boolean)) {
      throw new ServiceError(
        'DirectConnectClientException',
        'One of associationId, associatedGatewayId, directConnectGatewayId and virtualGatewayId is required.', // [U]
      );
    }
    const rows = everywhere(call, ({ associations }) => associations)
      .map(({ row }) => row)
      .filter(
        (row) =>
          isAsked(row.id, associationId) &&
          isAsked(row.gatewayId, associatedGatewayId) &&
          isAsked(row.gatewayId, virtualGatewayId) &&
          isAsked(row.directConnectGatewayId, directConnectGatewayId),
      );
    const { items, next } = pageOf('DescribeDirectConnectGatewayAssociations', rows, input);
    return { directConnectGatewayAssociations: items.map((row) => associationView(call, row)), nextToken: next };
  },
});
