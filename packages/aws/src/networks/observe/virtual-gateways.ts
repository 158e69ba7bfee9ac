import type { Gaps, CallContext } from '@postern/core/internal/adapter';
import type { RemoteConnection, VirtualGateway } from '@postern/core/internal/snapshot';
import type { VpnConnectionOutput, VpnGatewayOutput } from '../../sdk-types.js';
import { observeDirectConnect } from './transit.js';
import { plain, sent, type Session } from '../../client/session.js';

/**
 * All virtual private gateways of the region, with the VPN connections and Direct Connect interfaces that end at them. Without
 * a gateway one call. `undefined` for a gap.
 */
export async function observeVirtualGateways(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly VirtualGateway[] | undefined> {
  const gateways = await gaps.attempt({ what: 'virtual private gateways', of: 'virtualGateways' }, async () => {
    const { VpnGateways } = await session.call(ctx, 'ec2', 'DescribeVpnGateways', {});
    return sent(VpnGateways, 'VpnGateways', 'DescribeVpnGateways');
  });
  if (gateways === undefined || gateways.length === 0) return gateways === undefined ? undefined : [];

  const ids = gateways.flatMap(({ VpnGatewayId, State }) => (State === 'deleted' ? [] : (VpnGatewayId ?? [])));
  const [vpn, direct] = await Promise.all([
    gaps.attempt({ what: 'VPN connections', of: 'virtualGateways' }, () => listVpnConnections(session, ctx)),
    observeDirectConnect(session, ids, gaps, ctx),
  ]);
  return gateways.map((gateway) => toVirtualGateway(gateway, vpn, direct));
}

const STATES: ReadonlyMap<string | undefined, VirtualGateway['state']> = new Map([
  ['available', 'available'],
  ['pending', 'pending'],
  ['deleting', 'deleted'],
  ['deleted', 'deleted'],
]);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcAttachment.html (state) */
const NOT_ATTACHED: ReadonlySet<string> = new Set(['attaching', 'detaching', 'detached']);

function toVirtualGateway(
  gateway: VpnGatewayOutput,
  vpn: readonly VpnConnectionOutput[] | undefined,
  direct: ReadonlyMap<string, readonly RemoteConnection[]> | undefined,
): VirtualGateway {
  const id = gateway.VpnGatewayId ?? '';
  const attachments = gateway.VpcAttachments ?? [];
  const odd = attachments.find(({ State = '' }) => State !== 'attached' && !NOT_ATTACHED.has(State));
  return {
    id,
    state: odd === undefined ? (STATES.get(gateway.State) ?? 'unknown') : 'unknown',
    nativeState: odd === undefined ? (gateway.State ?? '') : `${gateway.State ?? ''}, ${odd.State ?? ''}`,
    networkIds: attachments.flatMap((one) => (one.State === 'attached' || one === odd ? (one.VpcId ?? []) : [])),
    // Half of them would look like all of them.
    connections: vpn &&
      direct && [...vpn.filter((one) => one.VpnGatewayId === id).map(toVpn), ...(direct.get(id) ?? [])],
    raw: plain(gateway),
  };
}

async function listVpnConnections(session: Session, ctx: CallContext): Promise<readonly VpnConnectionOutput[]> {
  const { VpnConnections } = await session.call(ctx, 'ec2', 'DescribeVpnConnections', {});
  return sent(VpnConnections, 'VpnConnections', 'DescribeVpnConnections').filter(({ State }) => State !== 'deleted');
}

/**
 * States in which nothing is carried.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html (state)
 */
const DOWN: ReadonlySet<string> = new Set(['pending', 'deleting', 'deleted']);

/** One tunnel that is up is enough. Only the route tables show the CIDR blocks behind a connection with BGP. */
function toVpn(connection: VpnConnectionOutput): RemoteConnection {
  const { Routes = [], VgwTelemetry: tunnels, Options, State = '' } = connection;
  const blocks = Routes.flatMap((route) => (route.State === 'available' ? (route.DestinationCidrBlock ?? []) : []));
  const up = State === 'available' && tunnels?.some(({ Status }) => Status === 'UP') === true;
  // A state or a status that is not among these may be new.
  const isDown =
    DOWN.has(State) || (State === 'available' && tunnels?.every(({ Status }) => Status === 'DOWN') === true);
  return {
    id: connection.VpnConnectionId ?? '',
    kind: 'vpn',
    state: up ? 'up' : isDown ? 'down' : 'unknown',
    nativeState: State,
    cidrBlocks: Options?.StaticRoutesOnly === true || blocks.length > 0 ? blocks : undefined,
  };
}
