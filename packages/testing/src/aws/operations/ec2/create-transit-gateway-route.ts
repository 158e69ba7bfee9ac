import type { CreateTransitGatewayRouteRequest, CreateTransitGatewayRouteResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import { routeAt, routeAttachment, routeBlock } from '../../ec2/transit-gateway/transit-static-routes.js';
import { ServiceError } from '../../service-error.js';

/**
 * A static route to an attachment, or a blackhole.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html
 */
export const createTransitGatewayRoute = ec2Operation({
  name: 'CreateTransitGatewayRoute',
  kind: 'write',
  run: (call, input: CreateTransitGatewayRouteRequest): CreateTransitGatewayRouteResult => {
    const id = need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId');
    const table = getTransitRouteTable(call.state.ec2, id);
    const destination = routeBlock(input.DestinationCidrBlock);
    if (table.routes.some((route) => route.destination === destination)) {
      throw new ServiceError('RouteAlreadyExists', `Route for ${destination} already exists in ${table.id}.`); // [U] words
    }
    const attachmentId = routeAttachment(call.state.ec2, table, input);
    table.routes.push({ destination, attachmentId });
    return { Route: routeAt(call.state, table, destination) };
  },
});
