import type { ReplaceRouteRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { checkWithinVpc, routeDestination } from '../../ec2/route-table/route-destination.js';
import { routeTarget, type RouteTarget } from '../../ec2/route-table/route-target.js';

/**
 * Gives a route another target. A local route can be led to an interface, and back by LocalTarget.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html
 */
export const replaceRoute = ec2Operation({
  name: 'ReplaceRoute',
  kind: 'write',
  run: ({ state: { ec2 } }, input: ReplaceRouteRequest): Record<string, never> => {
    const table = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    const to = routeDestination(ec2, input);
    const route = table.routes.find((row) => row.destination === to.destination);
    if (route === undefined) {
      throw invalidValue(
        `There is no route defined for '${to.destination}' in the route table. Use CreateRoute instead.`,
      );
    }
    const isLocal = route.origin === 'CreateRouteTable';
    if (input.LocalTarget === true && !isLocal)
      throw invalidValue(`The route for ${to.destination} is not a local one.`); // [U]
    const target: RouteTarget =
      input.LocalTarget === true ? { targetKind: 'local', targetId: 'local' } : routeTarget(ec2, table, input, to.kind);
    if (target.targetKind !== 'local') checkWithinVpc(ec2, table, to, target);
    Object.assign(route, target);
    return {};
  },
});
