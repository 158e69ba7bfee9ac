import type {
  DescribeTransitGatewayRouteTablesRequest,
  DescribeTransitGatewayRouteTablesResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { defaultsOf, transitRouteTableView } from '../../ec2/transit-gateway/transit-views.js';
import type { RegionState } from '../../state/region-state.js';
import type { TransitGatewayRouteTableRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayRouteTables.html (Filter.N) */
const filters = (state: RegionState): FilterTable<TransitGatewayRouteTableRow> => ({
  'default-association-route-table': (row) => defaultsOf(state, row).association,
  'default-propagation-route-table': (row) => defaultsOf(state, row).propagation,
  state: (row) => row.state,
  'transit-gateway-id': (row) => row.transitGatewayId,
  'transit-gateway-route-table-id': (row) => row.id,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayRouteTables.html */
export const describeTransitGatewayRouteTables = ec2Operation({
  name: 'DescribeTransitGatewayRouteTables',
  kind: 'read',
  run: ({ state }, input: DescribeTransitGatewayRouteTablesRequest): DescribeTransitGatewayRouteTablesResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeTransitGatewayRouteTables',
      rows: state.ec2.transitGatewayRouteTables,
      filters: filters(state),
      tagsOf: (row) => row.tags,
      ids: {
        wanted: input.TransitGatewayRouteTableIds,
        kind: ID.transitGatewayRouteTable,
        member: 'transitGatewayRouteTableIds',
      },
    });
    return { TransitGatewayRouteTables: rows.map((row) => transitRouteTableView(state, row)), NextToken: next };
  },
});
