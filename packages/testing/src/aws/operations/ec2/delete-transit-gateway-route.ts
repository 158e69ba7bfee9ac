import type { DeleteTransitGatewayRouteRequest, DeleteTransitGatewayRouteResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import { routeAt, routeBlock } from '../../ec2/transit-gateway/transit-static-routes.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRoute.html */
export const deleteTransitGatewayRoute = ec2Operation({
  name: 'DeleteTransitGatewayRoute',
  kind: 'write',
  run: ({ state }, input: DeleteTransitGatewayRouteRequest): DeleteTransitGatewayRouteResult => {
    const id = need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId');
    const table = getTransitRouteTable(state.ec2, id);
    const destination = routeBlock(input.DestinationCidrBlock);
    if (!table.routes.some((row) => row.destination === destination)) {
      throw new ServiceError('InvalidRoute.NotFound', `Route for ${destination} does not exist in ${table.id}.`); // [U] words
    }
    const route = routeAt(state, table, destination);
    table.routes = table.routes.filter((row) => row.destination !== destination);
    return { Route: { ...route, State: 'deleted' } };
  },
});
