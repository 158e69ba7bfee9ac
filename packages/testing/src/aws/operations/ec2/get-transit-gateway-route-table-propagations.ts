import type {
  GetTransitGatewayRouteTablePropagationsRequest,
  GetTransitGatewayRouteTablePropagationsResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { applyFilters, type FilterTable } from '../../ec2/request/filters.js';
import { pageRows } from '../../ec2/request/list-rows.js';
import { getTransitRouteTable } from '../../ec2/transit-gateway/transit-gateways.js';
import type { TransitGatewayAttachmentRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTablePropagations.html (Filter.N) */
const FILTERS: FilterTable<TransitGatewayAttachmentRow> = {
  'resource-id': (row) => row.resourceId,
  'resource-type': (row) => row.resourceType,
  'transit-gateway-attachment-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTablePropagations.html */
export const getTransitGatewayRouteTablePropagations = ec2Operation({
  name: 'GetTransitGatewayRouteTablePropagations',
  kind: 'read',
  run: (
    { state: { ec2 } },
    input: GetTransitGatewayRouteTablePropagationsRequest,
  ): GetTransitGatewayRouteTablePropagationsResult => {
    const table = getTransitRouteTable(ec2, need(input.TransitGatewayRouteTableId, 'transitGatewayRouteTableId'));
    const all = table.propagations.flatMap((id) => ec2.transitGatewayAttachments.get(id) ?? []);
    const wanted = applyFilters(all, input.Filters, FILTERS);
    const { rows, next } = pageRows(wanted, input, { list: `GetTransitGatewayRouteTablePropagations/${table.id}` });
    return {
      TransitGatewayRouteTablePropagations: rows.map((row) => ({
        TransitGatewayAttachmentId: row.id,
        ResourceId: row.resourceId,
        ResourceType: row.resourceType,
        State: 'enabled',
      })),
      NextToken: next,
    };
  },
});
