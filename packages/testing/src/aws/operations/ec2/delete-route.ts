import type { DeleteRouteRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { routeDestination } from '../../ec2/route-table/route-destination.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html */
export const deleteRoute = ec2Operation({
  name: 'DeleteRoute',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteRouteRequest): Record<string, never> => {
    const table = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    const { destination } = routeDestination(ec2, input);
    const route = table.routes.find((row) => row.destination === destination);
    if (route === undefined) {
      throw new ServiceError(
        'InvalidRoute.NotFound',
        `no route with destination-cidr-block ${destination} in route table ${table.id}`,
      );
    }
    if (route.origin === 'CreateRouteTable') {
      throw invalidValue(`cannot remove local route ${destination} in route table ${table.id}`);
    }
    table.routes = table.routes.filter((row) => row !== route);
    return {};
  },
});
