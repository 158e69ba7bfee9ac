import type { DescribeRouteTablesRequest, DescribeRouteTablesResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { isMainAssociation } from '../../ec2/route-table/new-route-table.js';
import { routeState, routeTableView } from '../../ec2/route-table/route-table-view.js';
import { routesOf } from '../../ec2/vpn/vgw-routes.js';
import type { RouteRow, RouteTableRow, RouteTargetKind } from '../../state/ec2-state.js';
import type { RegionState } from '../../state/region-state.js';

const destinations =
  (state: RegionState, kind: RouteRow['kind']) =>
  (row: RouteTableRow): string[] =>
    routesOf(state, row)
      .filter((route) => route.kind === kind)
      .map((route) => route.destination);

const targets =
  (state: RegionState, ...kinds: readonly RouteTargetKind[]) =>
  (row: RouteTableRow): string[] =>
    routesOf(state, row)
      .filter((route) => kinds.includes(route.targetKind))
      .map((route) => route.targetId);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html (Filter.N) */
const filters = (state: RegionState): FilterTable<RouteTableRow> => ({
  'association.gateway-id': (row) => row.associations.map((association) => association.gatewayId),
  'association.route-table-association-id': (row) => row.associations.map((association) => association.id),
  'association.route-table-id': (row) => row.associations.map(() => row.id),
  'association.subnet-id': (row) => row.associations.map((association) => association.subnetId),
  'association.main': (row) => row.associations.map((association) => isMainAssociation(association)),
  'owner-id': (row) => row.ownerId,
  'route-table-id': (row) => row.id,
  'route.destination-cidr-block': destinations(state, 'ipv4'),
  'route.destination-ipv6-cidr-block': destinations(state, 'ipv6'),
  'route.destination-prefix-list-id': destinations(state, 'prefix-list'),
  'route.egress-only-internet-gateway-id': targets(state, 'egress-only-gateway'),
  'route.gateway-id': targets(state, 'local', 'internet-gateway', 'virtual-private-gateway', 'vpc-endpoint'),
  'route.instance-id': (row) =>
    targets(state, 'network-interface')(row).map((id) => state.ec2.interfaces.get(id)?.attachment?.instanceId),
  'route.nat-gateway-id': targets(state, 'nat-gateway'),
  'route.transit-gateway-id': targets(state, 'transit-gateway'),
  'route.origin': (row) => routesOf(state, row).map((route) => route.origin),
  'route.state': (row) => routesOf(state, row).map((route) => routeState(state.ec2, row, route)),
  'route.vpc-peering-connection-id': targets(state, 'vpc-peering-connection'),
  'vpc-id': (row) => row.vpcId,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html */
export const describeRouteTables = ec2Operation({
  name: 'DescribeRouteTables',
  kind: 'read',
  run: ({ state }, input: DescribeRouteTablesRequest): DescribeRouteTablesResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeRouteTables',
      rows: state.ec2.routeTables,
      filters: filters(state),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.RouteTableIds, kind: ID.routeTable, member: 'routeTableIds' },
      size: [5, 100],
      defaultSize: 100,
    });
    return { RouteTables: rows.map((row) => routeTableView(state, row)), NextToken: next };
  },
});
