import type { DescribeVpnGatewaysRequest, DescribeVpnGatewaysResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { vpnGatewayView } from '../../ec2/vpn/vpn-views.js';
import type { VpnGatewayRow } from '../../state/vpn-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnGateways.html (Filter.N) */
const FILTERS: FilterTable<VpnGatewayRow> = {
  'amazon-side-asn': (row) => row.amazonSideAsn,
  'attachment.state': (row) => (row.vpcId === undefined ? undefined : 'attached'),
  'attachment.vpc-id': (row) => row.vpcId,
  'availability-zone': (row) => row.availabilityZone,
  state: (row) => row.state,
  type: () => 'ipsec.1',
  'vpn-gateway-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnGateways.html */
export const describeVpnGateways = ec2Operation({
  name: 'DescribeVpnGateways',
  kind: 'read',
  run: ({ state: { ec2 } }, input: DescribeVpnGatewaysRequest): DescribeVpnGatewaysResult => {
    const { rows } = listRows(input, {
      list: 'DescribeVpnGateways',
      rows: ec2.vpnGateways,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.VpnGatewayIds, kind: ID.vpnGateway, member: 'vpnGatewayIds' },
    });
    return { VpnGateways: rows.map(vpnGatewayView) };
  },
});
