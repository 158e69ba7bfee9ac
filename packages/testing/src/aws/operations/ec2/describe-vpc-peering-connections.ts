import type { DescribeVpcPeeringConnectionsRequest, DescribeVpcPeeringConnectionsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { peeringMessage, peeringView } from '../../ec2/vpc/peerings.js';
import type { PeeringRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html (Filter.N) */
const FILTERS: FilterTable<PeeringRow> = {
  'accepter-vpc-info.cidr-block': (row) => row.accepter.cidrBlock,
  'accepter-vpc-info.owner-id': (row) => row.accepter.ownerId,
  'accepter-vpc-info.vpc-id': (row) => row.accepter.vpcId,
  'expiration-time': (row) => row.expiresAt?.toISOString(),
  'requester-vpc-info.cidr-block': (row) => row.requester.cidrBlock,
  'requester-vpc-info.owner-id': (row) => row.requester.ownerId,
  'requester-vpc-info.vpc-id': (row) => row.requester.vpcId,
  'status-code': (row) => row.status,
  'status-message': peeringMessage,
  'vpc-peering-connection-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html */
export const describeVpcPeeringConnections = ec2Operation({
  name: 'DescribeVpcPeeringConnections',
  kind: 'read',
  run: (call, input: DescribeVpcPeeringConnectionsRequest): DescribeVpcPeeringConnectionsResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeVpcPeeringConnections',
      rows: call.state.ec2.peerings,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.VpcPeeringConnectionIds, kind: ID.peering, member: 'vpcPeeringConnectionIds' },
    });
    return { VpcPeeringConnections: rows.map((row) => peeringView(call, row)), NextToken: next };
  },
});
