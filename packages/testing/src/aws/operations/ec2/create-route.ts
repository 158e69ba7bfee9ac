import type { CreateRouteRequest, CreateRouteResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { checkWithinVpc, routeDestination } from '../../ec2/route-table/route-destination.js';
import { routeTarget } from '../../ec2/route-table/route-target.js';
import type { AwsCall } from '../../call.js';
import { ServiceError } from '../../service-error.js';
import type { RouteRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html */
export const createRoute = ec2Operation({
  name: 'CreateRoute',
  kind: 'write',
  run: (call, input: CreateRouteRequest): CreateRouteResult => {
    const { ec2 } = call.state;
    const table = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    const to = routeDestination(ec2, input);
    const target = routeTarget(ec2, table, input, to.kind);
    if (table.routes.some((route) => route.destination === to.destination)) {
      throw new ServiceError('RouteAlreadyExists', `The route identified by ${to.destination} already exists.`);
    }
    checkWithinVpc(ec2, table, to, target);
    const row: RouteRow = { ...to, ...target, origin: 'CreateRoute' };
    if (weightOf(call, [...table.routes, row]) > call.quota('routes-per-route-table')) {
      throw new ServiceError('RouteLimitExceeded', 'The maximum number of routes has been reached.');
    }
    table.routes.push(row);
    return { Return: true };
  },
});

/** A route to a prefix list counts as many as the list has room for. */
function weightOf(call: AwsCall, routes: readonly RouteRow[]): number {
  return routes
    .filter((route) => route.origin === 'CreateRoute')
    .reduce((sum, route) => sum + (call.state.ec2.prefixLists.get(route.destination)?.maxEntries ?? 1), 0);
}
