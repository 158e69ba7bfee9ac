import type { PeeringConnectionOptions, PeeringConnectionOptionsRequest } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { invalidMember, missingParameter, need, refuse, checkQuota } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { checkId, needRow, ID } from '../request/ids.js';
import {
  copiesOf,
  needAccepter,
  needStatus,
  peeringView,
  REQUEST_MS,
  setPeeringStatus,
  vpcsOverlap,
} from '../vpc/peerings.js';
import { isRegion } from '../subnet/zones.js';
import type { PeeringRow, PeeringSideRow, VpcRow } from '../state.js';

export const peeringOperations = family({
  /**
   * Asks for a connection. Another account's answer can only be planted. Where the other VPC does not exist, or has addresses in
   * common with this one, the connection is made and has failed.
   */
  CreateVpcPeeringConnection(call, input) {
    const vpc = needRow(call.state.ec2, ID.vpc, input.VpcId);
    const peerId = need(input.PeerVpcId, 'peerVpcId');
    checkId(peerId, ID.vpc);
    const region = input.PeerRegion ?? call.region;
    if (!isRegion(region)) throw invalidMember('peerRegion', region, 'It is no region.'); // [U]

    const tags = tagsFrom(input.TagSpecifications, 'vpc-peering-connection');
    const ownerId = input.PeerOwnerId ?? call.account;
    const peer = ownerId === call.account ? call.aws.regions.get(region)?.ec2.vpcs.get(peerId) : undefined;
    checkRoom(call, vpc, peerId);
    const row: PeeringRow = {
      id: call.id('pcx-'),
      requester: sideOf(vpc, call.region),
      accepter: peer ? sideOf(peer, region) : { vpcId: peerId, ownerId, region, cidrBlock: '' },
      status: 'pending-acceptance',
      expiresAt: new Date(call.now + REQUEST_MS),
      tags,
    };
    call.state.ec2.peerings.set(row.id, row);
    const answer = peeringView(call, row);
    const isHopeless = ownerId === call.account && (!peer || vpcsOverlap(vpc, peer));
    if (peer && region !== call.region) {
      // The other region has a row of its own, without the requester's tags.
      call.aws.regions.get(region)?.ec2.peerings.set(row.id, { ...structuredClone(row), tags: {} });
    }
    if (isHopeless) setPeeringStatus(call, row.id, 'failed');
    else call.after(REQUEST_MS, 'ec2.peering-expires', { id: row.id });
    const Message = `Initiating Request to ${ownerId}`;
    return { VpcPeeringConnection: { ...answer, Status: { Code: 'initiating-request', Message } } };
  },

  AcceptVpcPeeringConnection(call, input) {
    const row = needRow(call.state.ec2, ID.peering, input.VpcPeeringConnectionId);
    needAccepter(call, row, 'accept');
    needStatus(row, 'active', 'pending-acceptance');
    setPeeringStatus(call, row.id, 'active');
    const Status = { Code: 'provisioning' as const, Message: 'Provisioning' };
    return { VpcPeeringConnection: { ...peeringView(call, row), Status } };
  },

  RejectVpcPeeringConnection(call, input) {
    const row = needRow(call.state.ec2, ID.peering, input.VpcPeeringConnectionId);
    needAccepter(call, row, 'reject');
    needStatus(row, 'rejected', 'pending-acceptance');
    setPeeringStatus(call, row.id, 'rejected');
    return { Return: true };
  },

  /** Either side ends an active connection, the requester also its request. Routes to it become blackholes. */
  DeleteVpcPeeringConnection(call, input) {
    const row = needRow(call.state.ec2, ID.peering, input.VpcPeeringConnectionId);
    needStatus(row, 'deleted', 'active', 'pending-acceptance', 'failed', 'expired');
    setPeeringStatus(call, row.id, 'deleted');
    return { Return: true };
  },

  DescribeVpcPeeringConnections: listing({
    of: ID.peering,
    as: 'VpcPeeringConnections',
    view: (row, call) => peeringView(call, row),
    filters: `accepter-vpc-info.cidr-block accepter-vpc-info.owner-id accepter-vpc-info.vpc-id expiration-time
         requester-vpc-info.cidr-block requester-vpc-info.owner-id requester-vpc-info.vpc-id status-code=status.code
         status-message=status.message vpc-peering-connection-id`,
  }),

  /**
   * Sets on either side whether names of the other side's resources are resolved to private addresses.
   * ClassicLink is retired.
   */
  ModifyVpcPeeringConnectionOptions(call, input) {
    const { RequesterPeeringConnectionOptions: requester, AccepterPeeringConnectionOptions: accepter } = input;
    const row = needRow(call.state.ec2, ID.peering, input.VpcPeeringConnectionId);
    if (!requester && !accepter) throw missingParameter('requesterPeeringConnectionOptions'); // [U]
    if (row.status !== 'active') {
      throw new ServiceError(
        'OperationNotPermitted',
        `Peering ${row.id} is not active. Peering options can be added only to active peerings.`,
      );
    }

    return {
      RequesterPeeringConnectionOptions: set(call, row.id, 'requester', requester),
      AccepterPeeringConnectionOptions: set(call, row.id, 'accepter', accepter),
    };
  },
});

const sideOf = ({ id, ownerId, cidrBlock }: VpcRow, region: string): PeeringSideRow => ({
  vpcId: id,
  ownerId,
  region,
  cidrBlock,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (VpcPeeringConnection…) */
function checkRoom(call: AwsCall, vpc: VpcRow, peerId: string): void {
  const rows = [...call.state.ec2.peerings.values()];
  const joins = ({ requester, accepter }: PeeringRow, id: string) => requester.vpcId === id || accepter.vpcId === id;
  const live = rows.filter(({ status }) => status === 'active' || status === 'pending-acceptance');
  if (live.some((row) => joins(row, vpc.id) && joins(row, peerId) && vpc.id !== peerId)) {
    throw new ServiceError(
      'VpcPeeringConnectionAlreadyExists',
      `A VPC peering connection between ${vpc.id} and ${peerId} already exists.`, // [U] words
    );
  }

  const active = live.filter((row) => row.status === 'active' && joins(row, vpc.id));
  checkQuota(
    call,
    'active-peerings-per-vpc',
    active.length,
    'VpcPeeringConnectionsPerVpcLimitExceeded',
    `active VPC peering connections of ${vpc.id}`,
  ); // [U] words

  const pending = live.filter((row) => row.status === 'pending-acceptance' && row.requester.ownerId === call.account);
  checkQuota(
    call,
    'outstanding-peering-requests',
    pending.length,
    'OutstandingVpcPeeringConnectionLimitExceeded',
    'outstanding VPC peering connection requests',
  ); // [U] words
}

function set(
  { aws, account }: AwsCall,
  id: string,
  side: 'requester' | 'accepter',
  options: PeeringConnectionOptionsRequest | undefined,
): PeeringConnectionOptions | undefined {
  if (!options) return undefined;

  refuse(options, ['AllowEgressFromLocalClassicLinkToRemoteVpc', 'AllowEgressFromLocalVpcToRemoteClassicLink']);
  for (const row of copiesOf(aws, id)) {
    if (row[side].ownerId !== account) {
      throw new ServiceError(
        'OperationNotPermitted',
        `User ${account} cannot modify peering options of ${row[side].vpcId}`,
      ); // [U]
    }

    row[side].allowDnsResolution = options.AllowDnsResolutionFromRemoteVpc ?? row[side].allowDnsResolution;
  }
  return { AllowDnsResolutionFromRemoteVpc: options.AllowDnsResolutionFromRemoteVpc ?? false };
}
