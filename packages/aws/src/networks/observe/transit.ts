import { defined, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { RemoteConnection, Peering, PeeringSide } from '@postern/core/internal/snapshot';
import type { VirtualInterfaceOutput, PeeringOutput, PeeringSideOutput } from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { plain, type Session } from '../../client/session.js';

/**
 * The Direct Connect interfaces of virtual private gateways, by gateway: those that end there, and those of
 * Direct Connect gateways that are associated with it. They are read only where such a gateway exists.
 * `undefined` for a gap.
 */
export async function observeDirectConnect(
  session: Session,
  virtualGatewayIds: readonly string[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly RemoteConnection[]> | undefined> {
  if (virtualGatewayIds.length === 0) return new Map();

  const wanted = (what: string) => ({ what, of: 'virtualGateways' }) as const;
  const [interfaces, ties] = await Promise.all([
    gaps.attempt(wanted('Direct Connect virtual interfaces'), () => listInterfaces(session, ctx)),
    gaps.attempt(wanted('Direct Connect gateways of virtual private gateways'), () =>
      Promise.all(virtualGatewayIds.map(async (id) => [id, await gatewaysOf(session, id, ctx)] as const)),
    ),
  ]);
  if (interfaces === undefined || ties === undefined) return undefined;

  const live = interfaces.filter(({ virtualInterfaceState: state }) => state !== 'deleted' && state !== 'rejected');
  return new Map(
    ties.map(([id, gateways]) => [
      id,
      live.flatMap((one): readonly RemoteConnection[] => {
        if (one.virtualGatewayId === id) return [toConnection(one, undefined)];

        const via = one.directConnectGatewayId;
        return via !== undefined && gateways.has(via) ? [toConnection(one, via)] : [];
      }),
    ]),
  );
}

/**
 * States in which nothing is carried. One that is not among them may be new.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_VirtualInterface.html (virtualInterfaceState)
 */
const DOWN: ReadonlySet<string> = new Set([
  'confirming',
  'verifying',
  'pending',
  'down',
  'testing',
  'deleting',
  'deleted',
  'rejected',
]);

/** No call shows what the other end announces. */
function toConnection(one: VirtualInterfaceOutput, via: string | undefined): RemoteConnection {
  const peers = (one.bgpPeers ?? []).map(({ bgpStatus }) => bgpStatus);
  const nativeState = one.virtualInterfaceState;
  const up = nativeState === 'available' && peers.includes('up');
  const isDown = DOWN.has(nativeState) || (nativeState === 'available' && peers.includes('down'));
  return {
    id: one.virtualInterfaceId,
    kind: 'direct-connect',
    state: up ? 'up' : isDown ? 'down' : 'unknown',
    nativeState,
    ...defined({ via }),
  };
}

function listInterfaces(session: Session, ctx: CallContext): Promise<VirtualInterfaceOutput[]> {
  return listAll(session, ctx, 'Direct Connect virtual interfaces', 'directconnect', 'DescribeVirtualInterfaces');
}

/** The Direct Connect gateways that a virtual private gateway is tied to. */
async function gatewaysOf(session: Session, id: string, ctx: CallContext): Promise<ReadonlySet<string>> {
  const associations = await listAll(
    session,
    ctx,
    `Direct Connect gateways of ${id}`,
    'directconnect',
    'DescribeDirectConnectGatewayAssociations',
    { associatedGatewayId: id },
  );
  return new Set(
    associations.flatMap(({ directConnectGatewayId, associationState }) =>
      associationState === 'associated' || associationState === 'updating' ? (directConnectGatewayId ?? []) : [],
    ),
  );
}

/** All VPC peering connections of the region. `undefined` for a gap. */
export async function observePeerings(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Peering[] | undefined> {
  const peerings = await gaps.attempt({ what: 'VPC peering connections', of: 'peerings' }, () =>
    listAll(session, ctx, 'VPC peering connections', 'ec2', 'DescribeVpcPeeringConnections'),
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
    id: peering.VpcPeeringConnectionId,
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
