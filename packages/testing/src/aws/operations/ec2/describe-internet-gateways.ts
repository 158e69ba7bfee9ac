import type { DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { internetGatewayView } from '../../ec2/vpc/gateway-view.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import type { GatewayRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html (Filter.N) */
const FILTERS: FilterTable<GatewayRow> = {
  'attachment.state': (row) => (row.vpcId === undefined ? undefined : 'available'),
  'attachment.vpc-id': (row) => row.vpcId,
  'internet-gateway-id': (row) => row.id,
  'owner-id': (row) => row.ownerId,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html */
export const describeInternetGateways = ec2Operation({
  name: 'DescribeInternetGateways',
  kind: 'read',
  run: (call, input: DescribeInternetGatewaysRequest): DescribeInternetGatewaysResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeInternetGateways',
      rows: call.state.ec2.internetGateways,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.InternetGatewayIds, kind: ID.internetGateway, member: 'internetGatewayIds' },
    });
    return { InternetGateways: rows.map(internetGatewayView), NextToken: next };
  },
});
