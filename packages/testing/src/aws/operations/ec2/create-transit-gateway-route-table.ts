import type { CreateTransitGatewayRouteTableRequest, CreateTransitGatewayRouteTableResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { getTransitGateway, newTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import { transitRouteTableView } from '../../ec2/transit-gateway/transit-views.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRouteTable.html */
export const createTransitGatewayRouteTable = ec2Operation({
  name: 'CreateTransitGatewayRouteTable',
  kind: 'write',
  run: (call, input: CreateTransitGatewayRouteTableRequest): CreateTransitGatewayRouteTableResult => {
    const { ec2 } = call.state;
    const gateway = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const tags = tagsFrom(input.TagSpecifications, 'transit-gateway-route-table');
    const own = [...ec2.transitGatewayRouteTables.values()].filter((row) => row.transitGatewayId === gateway.id);
    if (own.length >= call.quota('route-tables-per-transit-gateway')) {
      throw new ServiceError(
        'TransitGatewayRouteTableLimitExceeded', // [U]
        'The maximum number of route tables per transit gateway has been reached.',
      );
    }
    const row = newTransitRouteTable(call, gateway.id, tags);
    return { TransitGatewayRouteTable: { ...transitRouteTableView(call.state, row), State: 'pending' } };
  },
});
