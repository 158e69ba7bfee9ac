import type { DescribeVpnConnectionsRequest, DescribeVpnConnectionsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { vpnConnectionView } from '../../ec2/vpn/vpn-views.js';
import type { Ec2State } from '../../state/ec2-state.js';
import type { VpnConnectionRow } from '../../state/vpn-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnConnections.html (Filter.N) */
const filters = (ec2: Ec2State): FilterTable<VpnConnectionRow> => ({
  'bgp-asn': (row) => ec2.customerGateways.get(row.customerGatewayId)?.bgpAsn,
  'customer-gateway-configuration': () => undefined, // the configuration is not simulated
  'customer-gateway-id': (row) => row.customerGatewayId,
  'option.static-routes-only': (row) => row.staticRoutesOnly,
  'route.destination-cidr-block': (row) => row.routes,
  state: (row) => row.state,
  'transit-gateway-id': (row) => row.transitGatewayId,
  type: () => 'ipsec.1',
  'vpn-connection-id': (row) => row.id,
  'vpn-gateway-id': (row) => row.vpnGatewayId,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnConnections.html */
export const describeVpnConnections = ec2Operation({
  name: 'DescribeVpnConnections',
  kind: 'read',
  run: ({ state: { ec2 } }, input: DescribeVpnConnectionsRequest): DescribeVpnConnectionsResult => {
    const { rows } = listRows(input, {
      list: 'DescribeVpnConnections',
      rows: ec2.vpnConnections,
      filters: filters(ec2),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.VpnConnectionIds, kind: ID.vpnConnection, member: 'vpnConnectionIds' },
    });
    return { VpnConnections: rows.map(vpnConnectionView) };
  },
});
