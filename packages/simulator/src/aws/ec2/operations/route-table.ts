import { raise } from '../../../simulation/raise.js';
import type { AssociateRouteTableResult } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { birthplaceOf } from '../birthplace.js';
import {
  oncePerToken,
  invalidCombination,
  invalidValue,
  missingParameter,
  need,
  refuse,
  checkQuota,
  hasDependencies,
} from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { getRow, needRow, ID } from '../request/ids.js';
import { isMainAssociation, newRouteTable, routeTableView } from '../route-table/route-table-view.js';
import { checkWithinVpc, routeDestination, findAssociation } from '../route-table/route-destination.js';
import { routeTarget, type RouteTarget } from '../route-table/route-target.js';
import type { Ec2State, RouteRow, RouteTableAssociationRow, RouteTableRow } from '../state.js';

const FILTERS = `association.gateway-id association.main association.route-table-association-id
  association.route-table-id association.subnet-id owner-id route.destination-cidr-block
  route.destination-ipv6-cidr-block route.destination-prefix-list-id route.egress-only-internet-gateway-id
  route.gateway-id route.instance-id route.nat-gateway-id route.origin route.state route.transit-gateway-id
  route.vpc-peering-connection-id route-table-id vpc-id`;

/** Route tables, with their associations, routes and propagations. */
export const routeTableOperations = family({
  CreateRouteTable(call, input) {
    const { ec2 } = call.state;
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const tags = tagsFrom(input.TagSpecifications, 'route-table');
    const row = oncePerToken(call, 'CreateRouteTable', input, ec2.routeTables, () => {
      const count = [...ec2.routeTables.values()].filter((table) => table.vpcId === vpc.id).length;
      checkQuota(call, 'route-tables-per-vpc', count, 'RouteTableLimitExceeded', 'route tables');

      return newRouteTable(birthplaceOf(call), vpc, false, tags);
    });
    return { RouteTable: routeTableView(call.state, row), ClientToken: input.ClientToken };
  },

  /** Deletes a table that nothing is associated with; a main one never is without. */
  DeleteRouteTable({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.routeTable, input.RouteTableId);
    if (row.associations.length > 0) throw hasDependencies('routeTable', row.id);

    ec2.routeTables.delete(row.id);
    return {};
  },

  DescribeRouteTables: listing({
    of: ID.routeTable,
    as: 'RouteTables',
    view: (row, { state }) => routeTableView(state, row),
    size: [5, 100],
    defaultSize: 100,
    filters: FILTERS,
  }),

  /** Associates a table with a subnet, or with the inbound traffic of a gateway. */
  AssociateRouteTable(call, input) {
    refuse(input, ['PublicIpv4Pool']);
    const { ec2 } = call.state;
    const table = needRow(ec2, ID.routeTable, input.RouteTableId);
    const { SubnetId: subnetId, GatewayId: gatewayId } = input;
    if (subnetId === undefined && gatewayId === undefined) throw missingParameter('subnetId or gatewayId');
    if (subnetId !== undefined && gatewayId !== undefined) {
      throw invalidCombination('The parameters subnetId and gatewayId cannot be used together.');
    }

    checkNetwork(ec2, table, subnetId, gatewayId);
    for (const other of ec2.routeTables.values()) {
      for (const association of other.associations) {
        const same = association.subnetId === subnetId && association.gatewayId === gatewayId;
        if (!same) continue;
        if (other === table) return answer(association);

        throw new ServiceError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        );
      }
    }
    const row: RouteTableAssociationRow = { id: call.id('rtbassoc-'), subnetId, gatewayId };
    table.associations.push(row);
    return answer(row);
  },

  DisassociateRouteTable({ state: { ec2 } }, input) {
    const { table, association } = findAssociation(ec2, need(input.AssociationId, 'associationId'));
    if (isMainAssociation(association)) {
      throw invalidValue(`cannot disassociate the main route table association ${association.id}`);
    }

    table.associations = table.associations.filter((row) => row !== association);
    return {};
  },

  /** Replaces the table of an association. For the main association, another table becomes the main one. */
  ReplaceRouteTableAssociation(call, input) {
    const { ec2 } = call.state;
    const { table, association } = findAssociation(ec2, need(input.AssociationId, 'associationId'));
    const next = needRow(ec2, ID.routeTable, input.RouteTableId);
    if (next.vpcId !== table.vpcId) {
      throw invalidValue(`route table ${next.id} and route table ${table.id} belong to different networks`);
    }

    table.associations = table.associations.filter((row) => row !== association);
    const row = { ...association, id: call.id('rtbassoc-') };
    next.associations.push(row);
    return { NewAssociationId: row.id, AssociationState: { State: 'associated' } };
  },

  CreateRoute(call, input) {
    const { ec2 } = call.state;
    const table = needRow(ec2, ID.routeTable, input.RouteTableId);
    const to = routeDestination(ec2, input);
    const target = routeTarget(ec2, table, input, to.kind);
    if (table.routes.some((route) => route.destination === to.destination)) {
      throw new ServiceError('RouteAlreadyExists', `The route identified by ${to.destination} already exists.`);
    }

    checkWithinVpc(ec2, table, to, target);
    const row: RouteRow = { ...to, ...target, origin: 'CreateRoute' };
    checkQuota(
      call,
      'routes-per-route-table',
      weightOf(call, [...table.routes, row]) - 1,
      'RouteLimitExceeded',
      'routes',
    );

    table.routes.push(row);
    return { Return: true };
  },

  /** Gives a route another target. A local route can be led to an interface, and back by LocalTarget. */
  ReplaceRoute({ state: { ec2 } }, input) {
    const table = needRow(ec2, ID.routeTable, input.RouteTableId);
    const to = routeDestination(ec2, input);
    const route =
      table.routes.find((row) => row.destination === to.destination) ??
      raise(
        invalidValue(`There is no route defined for '${to.destination}' in the route table. Use CreateRoute instead.`),
      );

    const isLocal = route.origin === 'CreateRouteTable';
    if (input.LocalTarget === true && !isLocal)
      throw invalidValue(`The route for ${to.destination} is not a local one.`); // [U]

    const target: RouteTarget =
      input.LocalTarget === true ? { targetKind: 'local', targetId: 'local' } : routeTarget(ec2, table, input, to.kind);
    if (target.targetKind !== 'local') checkWithinVpc(ec2, table, to, target);
    Object.assign(route, target);
    return {};
  },

  DeleteRoute({ state: { ec2 } }, input) {
    const table = needRow(ec2, ID.routeTable, input.RouteTableId);
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

  /** From now on the table contains the routes of the gateway as propagated routes. */
  EnableVgwRoutePropagation({ state: { ec2 } }, input) {
    const table = needRow(ec2, ID.routeTable, input.RouteTableId);
    const gateway = needRow(ec2, ID.vpnGateway, input.GatewayId);
    const on = table.propagatingVgws ?? [];
    if (gateway.vpcId !== table.vpcId) {
      throw new ServiceError('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${table.vpcId}`);
    }

    if (!on.includes(gateway.id)) table.propagatingVgws = [...on, gateway.id];
    return {};
  },

  DisableVgwRoutePropagation({ state: { ec2 } }, input) {
    const table = needRow(ec2, ID.routeTable, input.RouteTableId);
    const gateway = needRow(ec2, ID.vpnGateway, input.GatewayId);
    const on = table.propagatingVgws ?? [];
    table.propagatingVgws = on.filter((id) => id !== gateway.id);
    return {};
  },
});

function answer(row: RouteTableAssociationRow): AssociateRouteTableResult {
  return { AssociationId: row.id, AssociationState: { State: 'associated' } };
}

function checkNetwork(
  ec2: Ec2State,
  table: RouteTableRow,
  subnetId: string | undefined,
  gatewayId: string | undefined,
): void {
  const [noun, id, vpcId] =
    subnetId !== undefined
      ? ['subnet', subnetId, getRow(ec2, ID.subnet, subnetId).vpcId]
      : ['gateway', gatewayId ?? '', getRow(ec2, ID.internetGateway, gatewayId ?? '').vpcId];
  if (vpcId !== table.vpcId) {
    throw invalidValue(`route table ${table.id} and ${noun} ${id} belong to different networks`);
  }
}

/** A route to a prefix list counts as many as the list has room for. */
function weightOf(call: AwsCall, routes: readonly RouteRow[]): number {
  return routes
    .filter((route) => route.origin === 'CreateRoute')
    .reduce((sum, route) => sum + (call.state.ec2.prefixLists.get(route.destination)?.fields.MaxEntries ?? 1), 0);
}
