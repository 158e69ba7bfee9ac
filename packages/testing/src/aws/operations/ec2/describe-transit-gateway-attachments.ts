import type {
  DescribeTransitGatewayAttachmentsRequest,
  DescribeTransitGatewayAttachmentsResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { tableOf } from '../../ec2/transit-gateway/transit-routes.js';
import { attachmentView } from '../../ec2/transit-gateway/transit-views.js';
import type { RegionState } from '../../state/region-state.js';
import type { TransitGatewayAttachmentRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayAttachments.html (Filter.N) */
const filters = (state: RegionState): FilterTable<TransitGatewayAttachmentRow> => ({
  'association.state': (row) => (tableOf(state, row) ? 'associated' : undefined),
  'association.transit-gateway-route-table-id': (row) => tableOf(state, row)?.id,
  'resource-id': (row) => row.resourceId,
  'resource-owner-id': (row) => row.resourceOwnerId,
  'resource-type': (row) => row.resourceType,
  state: (row) => row.state,
  'transit-gateway-attachment-id': (row) => row.id,
  'transit-gateway-id': (row) => row.transitGatewayId,
  'transit-gateway-owner-id': (row) => row.transitGatewayOwnerId,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayAttachments.html */
export const describeTransitGatewayAttachments = ec2Operation({
  name: 'DescribeTransitGatewayAttachments',
  kind: 'read',
  run: ({ state }, input: DescribeTransitGatewayAttachmentsRequest): DescribeTransitGatewayAttachmentsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeTransitGatewayAttachments',
      rows: state.ec2.transitGatewayAttachments,
      filters: filters(state),
      tagsOf: (row) => row.tags,
      ids: {
        wanted: input.TransitGatewayAttachmentIds,
        kind: ID.transitGatewayAttachment,
        member: 'transitGatewayAttachmentIds',
      },
    });
    return { TransitGatewayAttachments: rows.map((row) => attachmentView(state, row)), NextToken: next };
  },
});
