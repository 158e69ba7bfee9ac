import type { DeleteTransitGatewayRouteTableRequest, DeleteTransitGatewayRouteTableResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import { defaultsOf, transitRouteTableView } from '../../ec2/transit-gateway/transit-views.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRouteTable.html */
export const deleteTransitGatewayRouteTable = ec2Operation({
  name: 'DeleteTransitGatewayRouteTable',
  kind: 'write',
  run: (call, input: DeleteTransitGatewayRouteTableRequest): DeleteTransitGatewayRouteTableResult => {
    const { ec2 } = call.state;
    const row = getTransitRouteTable(ec2, need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId'));
    const { association, propagation } = defaultsOf(call.state, row);
    if (association || propagation) {
      throw new ServiceError('IncorrectState', `${row.id} is a default route table of ${row.transitGatewayId}.`); // [U]
    }
    if (row.associations.length > 0) {
      throw new ServiceError(
        'IncorrectState',
        `${row.id} has non-disassociated associations: ${row.associations.join(', ')}.`,
      ); // [U]
    }
    ec2.transitGatewayRouteTables.delete(row.id);
    return { TransitGatewayRouteTable: { ...transitRouteTableView(call.state, row), State: 'deleting' } };
  },
});
