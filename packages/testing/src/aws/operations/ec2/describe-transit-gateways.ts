import type { DescribeTransitGatewaysRequest, DescribeTransitGatewaysResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { transitGatewayView } from '../../ec2/transit-gateway/transit-views.js';
import type { TransitGatewayRow } from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGateways.html (Filter.N) */
const FILTERS: FilterTable<TransitGatewayRow> = {
  'options.amazon-side-asn': (row) => row.options.amazonSideAsn,
  'options.association-default-route-table-id': (row) => row.options.associationDefaultRouteTableId,
  'options.auto-accept-shared-attachments': (row) => row.options.autoAcceptSharedAttachments,
  'options.default-route-table-association': (row) => row.options.defaultRouteTableAssociation,
  'options.default-route-table-propagation': (row) => row.options.defaultRouteTablePropagation,
  'options.dns-support': (row) => row.options.dnsSupport,
  'options.propagation-default-route-table-id': (row) => row.options.propagationDefaultRouteTableId,
  'options.vpn-ecmp-support': (row) => row.options.vpnEcmpSupport,
  'owner-id': (row) => row.ownerId,
  state: (row) => row.state,
  'transit-gateway-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGateways.html */
export const describeTransitGateways = ec2Operation({
  name: 'DescribeTransitGateways',
  kind: 'read',
  run: (call, input: DescribeTransitGatewaysRequest): DescribeTransitGatewaysResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeTransitGateways',
      rows: call.state.ec2.transitGateways,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.TransitGatewayIds, kind: ID.transitGateway, member: 'transitGatewayIds' },
    });
    return { TransitGateways: rows.map((row) => transitGatewayView(call, row)), NextToken: next };
  },
});
