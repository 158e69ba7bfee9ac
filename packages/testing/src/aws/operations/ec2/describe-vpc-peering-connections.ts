import type {
  DescribeVpcPeeringConnectionsRequest,
  DescribeVpcPeeringConnectionsResult,
  VpcPeeringConnectionVpcInfo,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/ec2-operation.js';
import type { FilterTable } from '../../ec2/filters.js';
import { ID } from '../../ec2/ids.js';
import { listRows } from '../../ec2/list-rows.js';
import { tagList } from '../../ec2/tags.js';
import type { PeeringRow, PeeringSideRow } from '../../state/ec2-state.js';

const statusMessage = (row: PeeringRow): string => (row.status === 'active' ? 'Active' : row.status);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html (Filter.N) */
const FILTERS: FilterTable<PeeringRow> = {
  'accepter-vpc-info.cidr-block': (row) => row.accepter.cidrBlock,
  'accepter-vpc-info.owner-id': (row) => row.accepter.ownerId,
  'accepter-vpc-info.vpc-id': (row) => row.accepter.vpcId,
  'expiration-time': () => undefined,
  'requester-vpc-info.cidr-block': (row) => row.requester.cidrBlock,
  'requester-vpc-info.owner-id': (row) => row.requester.ownerId,
  'requester-vpc-info.vpc-id': (row) => row.requester.vpcId,
  'status-code': (row) => row.status,
  'status-message': statusMessage,
  'vpc-peering-connection-id': (row) => row.id,
};

/**
 * Peering connections can be read, not made: a world that has some was loaded with them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html
 */
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
    const views = rows.map((row) => ({
      VpcPeeringConnectionId: row.id,
      RequesterVpcInfo: sideView(row.requester),
      AccepterVpcInfo: sideView(row.accepter),
      Status: { Code: row.status, Message: statusMessage(row) },
      Tags: tagList(row.tags),
    }));
    return { VpcPeeringConnections: views, NextToken: next };
  },
});

function sideView({ vpcId, ownerId, region, cidrBlock }: PeeringSideRow): VpcPeeringConnectionVpcInfo {
  return {
    VpcId: vpcId,
    OwnerId: ownerId,
    Region: region,
    CidrBlock: cidrBlock,
    CidrBlockSet: [{ CidrBlock: cidrBlock }],
  };
}
