import type {
  DescribeTransitGatewayVpcAttachmentsRequest,
  DescribeTransitGatewayVpcAttachmentsResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { vpcAttachmentView } from '../../ec2/transit-gateway/transit-views.js';
import type { TransitGatewayAttachmentRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayVpcAttachments.html (Filter.N) */
const FILTERS: FilterTable<TransitGatewayAttachmentRow> = {
  state: (row) => row.state,
  'transit-gateway-attachment-id': (row) => row.id,
  'transit-gateway-id': (row) => row.transitGatewayId,
  'vpc-id': (row) => row.resourceId,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayVpcAttachments.html */
export const describeTransitGatewayVpcAttachments = ec2Operation({
  name: 'DescribeTransitGatewayVpcAttachments',
  kind: 'read',
  run: ({ state }, input: DescribeTransitGatewayVpcAttachmentsRequest): DescribeTransitGatewayVpcAttachmentsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeTransitGatewayVpcAttachments',
      rows: new Map([...state.ec2.transitGatewayAttachments].filter(([, row]) => row.resourceType === 'vpc')),
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: {
        wanted: input.TransitGatewayAttachmentIds,
        kind: ID.transitGatewayAttachment,
        member: 'transitGatewayAttachmentIds',
      },
    });
    return { TransitGatewayVpcAttachments: rows.map((row) => vpcAttachmentView(row)), NextToken: next };
  },
});
