import type {
  DescribeEgressOnlyInternetGatewaysRequest,
  DescribeEgressOnlyInternetGatewaysResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { egressOnlyGatewayView } from '../../ec2/vpc/gateway-view.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeEgressOnlyInternetGateways.html */
export const describeEgressOnlyInternetGateways = ec2Operation({
  name: 'DescribeEgressOnlyInternetGateways',
  kind: 'read',
  run: (call, input: DescribeEgressOnlyInternetGatewaysRequest): DescribeEgressOnlyInternetGatewaysResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeEgressOnlyInternetGateways',
      rows: call.state.ec2.egressOnlyGateways,
      filters: {},
      tagsOf: (row) => row.tags,
      ids: {
        wanted: input.EgressOnlyInternetGatewayIds,
        kind: ID.egressOnlyGateway,
        member: 'egressOnlyInternetGatewayIds',
      },
      size: [5, 255],
    });
    return { EgressOnlyInternetGateways: rows.map(egressOnlyGatewayView), NextToken: next };
  },
});
