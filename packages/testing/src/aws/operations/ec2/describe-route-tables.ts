import type { DescribeRouteTablesRequest, DescribeRouteTablesResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/ec2-operation.js';
import type { FilterTable } from '../../ec2/filters.js';
import { ID } from '../../ec2/ids.js';
import { listRows } from '../../ec2/list-rows.js';
import { isMainAssociation } from '../../ec2/new-route-table.js';
import { routeState, routeTableView } from '../../ec2/route-table-view.js';
import type { Ec2State, RouteRow, RouteTableRow, RouteTargetKind } from '../../state/ec2-state.js';

const destinations =
  (kind: RouteRow['kind']) =>
  (row: RouteTableRow): string[] =>
    row.routes.filter((route) => route.kind === kind).map((route) => route.destination);

const targets =
  (...kinds: readonly RouteTargetKind[]) =>
  (row: RouteTableRow): string[] =>
    row.routes.filter((route) => kinds.includes(route.targetKind)).map((route) => route.targetId);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html (Filter.N) */
const filters = (ec2: Ec2State): FilterTable<RouteTableRow> => ({
  'association.gateway-id': (row) => row.associations.map((association) => association.gatewayId),
  'association.route-table-association-id': (row) => row.associations.map((association) => association.id),
  'association.route-table-id': (row) => row.associations.map(() => row.id),
  'association.subnet-id': (row) => row.associations.map((association) => association.subnetId),
  'association.main': (row) => row.associations.map((association) => isMainAssociation(association)),
  'owner-id': (row) => row.ownerId,
  'route-table-id': (row) => row.id,
  'route.destination-cidr-block': destinations('ipv4'),
  'route.destination-ipv6-cidr-block': destinations('ipv6'),
  'route.destination-prefix-list-id': destinations('prefix-list'),
  'route.egress-only-internet-gateway-id': targets('egress-only-gateway'),
  'route.gateway-id': targets('local', 'internet-gateway', 'virtual-private-gateway', 'vpc-endpoint'),
  'route.instance-id': (row) =>
    targets('network-interface')(row).map((id) => ec2.interfaces.get(id)?.attachment?.instanceId),
  'route.nat-gateway-id': targets('nat-gateway'),
  'route.transit-gateway-id': targets('transit-gateway'),
  'route.origin': (row) => row.routes.map((route) => route.origin),
  'route.state': (row) => row.routes.map((route) => routeState(ec2, row, route)),
  'route.vpc-peering-connection-id': targets('vpc-peering-connection'),
  'vpc-id': (row) => row.vpcId,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html */
export const describeRouteTables = ec2Operation({
  name: 'DescribeRouteTables',
  kind: 'read',
  run: ({ state: { ec2 } }, input: DescribeRouteTablesRequest): DescribeRouteTablesResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeRouteTables',
      rows: ec2.routeTables,
      filters: filters(ec2),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.RouteTableIds, kind: ID.routeTable, member: 'routeTableIds' },
      size: [5, 100],
      defaultSize: 100,
    });
    return { RouteTables: rows.map((row) => routeTableView(ec2, row)), NextToken: next };
  },
});
