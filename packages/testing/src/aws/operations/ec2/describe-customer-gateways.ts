import type { DescribeCustomerGatewaysRequest, DescribeCustomerGatewaysResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { customerGatewayView } from '../../ec2/vpn/vpn-views.js';
import type { CustomerGatewayRow } from '../../state/vpn-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCustomerGateways.html (Filter.N) */
const FILTERS: FilterTable<CustomerGatewayRow> = {
  'bgp-asn': (row) => row.bgpAsn,
  'customer-gateway-id': (row) => row.id,
  'ip-address': (row) => row.ipAddress,
  state: (row) => row.state,
  type: () => 'ipsec.1',
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCustomerGateways.html */
export const describeCustomerGateways = ec2Operation({
  name: 'DescribeCustomerGateways',
  kind: 'read',
  run: ({ state: { ec2 } }, input: DescribeCustomerGatewaysRequest): DescribeCustomerGatewaysResult => {
    const { rows } = listRows(input, {
      list: 'DescribeCustomerGateways',
      rows: ec2.customerGateways,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.CustomerGatewayIds, kind: ID.customerGateway, member: 'customerGatewayIds' },
    });
    return { CustomerGateways: rows.map(customerGatewayView) };
  },
});
