import type { CreateVpcPeeringConnectionRequest, CreateVpcPeeringConnectionResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, need } from '../../ec2/request/errors.js';
import { checkId, getRow, ID } from '../../ec2/request/ids.js';
import { peeringView, REQUEST_MS, setPeeringStatus, vpcsOverlap } from '../../ec2/vpc/peerings.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import type { AwsCall } from '../../call.js';
import { isRegion } from '../../regions.js';
import { ServiceError } from '../../service-error.js';
import type { PeeringRow, PeeringSideRow, VpcRow } from '../../state/ec2-state.js';

/**
 * Asks for a connection. Another account's answer can only be planted. Where the other VPC does not exist, or has addresses in
 * common with this one, the connection is made and has failed.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html
 */
export const createVpcPeeringConnection = ec2Operation({
  name: 'CreateVpcPeeringConnection',
  kind: 'write',
  run: (call, input: CreateVpcPeeringConnectionRequest): CreateVpcPeeringConnectionResult => {
    const vpc = getRow(call.state.ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
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
  if (active.length >= call.quota('active-peerings-per-vpc')) {
    throw new ServiceError(
      'VpcPeeringConnectionsPerVpcLimitExceeded',
      `The maximum number of active VPC peering connections of ${vpc.id} has been reached.`, // [U] words
    );
  }
  const pending = live.filter((row) => row.status === 'pending-acceptance' && row.requester.ownerId === call.account);
  if (pending.length >= call.quota('outstanding-peering-requests')) {
    throw new ServiceError(
      'OutstandingVpcPeeringConnectionLimitExceeded',
      'The maximum number of outstanding VPC peering connection requests has been reached.', // [U] words
    );
  }
}
