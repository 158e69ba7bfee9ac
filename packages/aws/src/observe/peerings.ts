import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { Peering, PeeringSide } from '@postern/core/snapshot';
import type { PeeringOutput, PeeringSideOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** All VPC peering connections of the region. `undefined` for a gap. */
export async function observePeerings(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Peering[] | undefined> {
  const peerings = await gaps.attempt({ what: 'VPC peering connections', of: 'peerings' }, () =>
    listAll(session, ctx, 'VPC peering connections', {
      service: 'ec2',
      operation: 'DescribeVpcPeeringConnections',
      input: { MaxResults: 1000 },
      member: 'VpcPeeringConnections',
      key: 'VpcPeeringConnectionId',
    }),
  );
  return peerings?.map(toPeering);
}

/** https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html (life cycle) */
const STATES: ReadonlyMap<string, Peering['state']> = new Map([
  ['active', 'active'],
  ['initiating-request', 'pending'],
  ['pending-acceptance', 'pending'],
  ['provisioning', 'pending'],
  ['expired', 'failed'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['deleted', 'deleted'],
  ['deleting', 'deleted'],
]);

function toPeering(peering: PeeringOutput): Peering {
  const nativeState = peering.Status?.Code ?? '';
  return {
    id: peering.VpcPeeringConnectionId ?? '',
    state: STATES.get(nativeState) ?? 'unknown',
    nativeState,
    sides: [toSide(peering.RequesterVpcInfo), toSide(peering.AccepterVpcInfo)],
    raw: plain(peering),
  };
}

/** The CIDR blocks of the other side are known only while the peering is active. */
function toSide(side: PeeringSideOutput = {}): PeeringSide {
  const { CidrBlock, CidrBlockSet, Ipv6CidrBlockSet } = side;
  const blocks = [
    ...(CidrBlock === undefined ? [] : [CidrBlock]),
    ...(CidrBlockSet ?? []).flatMap((one) => one.CidrBlock ?? []),
    ...(Ipv6CidrBlockSet ?? []).flatMap((one) => one.Ipv6CidrBlock ?? []),
  ];
  return {
    networkId: side.VpcId ?? '',
    account: side.OwnerId,
    region: side.Region,
    cidrBlocks: blocks.length === 0 ? undefined : [...new Set(blocks)],
  };
}
