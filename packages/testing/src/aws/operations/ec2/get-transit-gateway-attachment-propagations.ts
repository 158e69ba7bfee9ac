import type {
  GetTransitGatewayAttachmentPropagationsRequest,
  GetTransitGatewayAttachmentPropagationsResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { applyFilters, type FilterTable } from '../../ec2/request/filters.js';
import { pageRows } from '../../ec2/request/list-rows.js';
import { getAttachment } from '../../ec2/transit-gateway/transit-gateways.js';
import type { TransitGatewayRouteTableRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayAttachmentPropagations.html (Filter.N) */
const FILTERS: FilterTable<TransitGatewayRouteTableRow> = {
  'transit-gateway-route-table-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayAttachmentPropagations.html */
export const getTransitGatewayAttachmentPropagations = ec2Operation({
  name: 'GetTransitGatewayAttachmentPropagations',
  kind: 'read',
  run: (
    { state: { ec2 } },
    input: GetTransitGatewayAttachmentPropagationsRequest,
  ): GetTransitGatewayAttachmentPropagationsResult => {
    const { id } = getAttachment(ec2, need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId'));
    const all = [...ec2.transitGatewayRouteTables.values()].filter(({ propagations }) => propagations.includes(id));
    const wanted = applyFilters(all, input.Filters, FILTERS);
    const { rows, next } = pageRows(wanted, input, { list: `GetTransitGatewayAttachmentPropagations/${id}` });
    return {
      TransitGatewayAttachmentPropagations: rows.map((row) => ({
        TransitGatewayRouteTableId: row.id,
        State: 'enabled',
      })),
      NextToken: next,
    };
  },
});
