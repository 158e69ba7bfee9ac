import type { DeleteRouteTableRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/**
 * Deletes a table that nothing is associated with; a main one never is without.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html
 */
export const deleteRouteTable = ec2Operation({
  name: 'DeleteRouteTable',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteRouteTableRequest): Record<string, never> => {
    const row = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    if (row.associations.length > 0) {
      throw dependencyViolation(`The routeTable '${row.id}' has dependencies and cannot be deleted.`);
    }
    ec2.routeTables.delete(row.id);
    return {};
  },
});
