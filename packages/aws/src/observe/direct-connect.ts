import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { RemoteConnection } from '@postern/core/snapshot';
import type { VirtualInterfaceOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';

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
  const nativeState = one.virtualInterfaceState ?? '';
  const up = nativeState === 'available' && peers.includes('up');
  const isDown = DOWN.has(nativeState) || (nativeState === 'available' && peers.includes('down'));
  return {
    id: one.virtualInterfaceId ?? '',
    kind: 'direct-connect',
    state: up ? 'up' : isDown ? 'down' : 'unknown',
    nativeState,
    ...(via === undefined ? {} : { via }),
  };
}

function listInterfaces(session: Session, ctx: CallContext): Promise<VirtualInterfaceOutput[]> {
  return listAll(session, ctx, 'Direct Connect virtual interfaces', {
    service: 'directconnect',
    operation: 'DescribeVirtualInterfaces',
    input: {},
    member: 'virtualInterfaces',
    key: 'virtualInterfaceId',
  });
}

/** The Direct Connect gateways that a virtual private gateway is tied to. */
async function gatewaysOf(session: Session, id: string, ctx: CallContext): Promise<ReadonlySet<string>> {
  const associations = await listAll(session, ctx, `Direct Connect gateways of ${id}`, {
    service: 'directconnect',
    operation: 'DescribeDirectConnectGatewayAssociations',
    input: { associatedGatewayId: id },
    member: 'directConnectGatewayAssociations',
    key: undefined,
  });
  return new Set(
    associations.flatMap(({ directConnectGatewayId, associationState }) =>
      associationState === 'associated' || associationState === 'updating' ? (directConnectGatewayId ?? []) : [],
    ),
  );
}
