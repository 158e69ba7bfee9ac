import type { ReplaceTransitGatewayRouteRequest, ReplaceTransitGatewayRouteResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import { routeAt, routeAttachment, routeBlock } from '../../ec2/transit-gateway/transit-static-routes.js';
import { ServiceError } from '../../service-error.js';

/**
 * Gives a static route another attachment, or makes it a blackhole.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceTransitGatewayRoute.html
 */
export const replaceTransitGatewayRoute = ec2Operation({
  name: 'ReplaceTransitGatewayRoute',
  kind: 'write',
  run: (call, input: ReplaceTransitGatewayRouteRequest): ReplaceTransitGatewayRouteResult => {
    const id = need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId');
    const table = getTransitRouteTable(call.state.ec2, id);
    const destination = routeBlock(input.DestinationCidrBlock);
    const route = table.routes.find((row) => row.destination === destination);
    if (!route)
      throw new ServiceError('InvalidRoute.NotFound', `Route for ${destination} does not exist in ${table.id}.`); // [U] words
    route.attachmentId = routeAttachment(call.state.ec2, table, input);
    return { Route: routeAt(call.state, table, destination) };
  },
});
