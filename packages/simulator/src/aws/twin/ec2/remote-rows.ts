import { INTERFACE_STATES, type VirtualInterfaceRow } from '../../direct-connect/state.js';
import type { RemoteConnection } from '@postern/core/internal/snapshot';
import type { TunnelOption, VpnState } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/operation.js';
import type { VpnConnectionRow } from '../../ec2/vpn/state.js';
import { DEFAULT_OPTIONS, telemetryOf } from '../../ec2/vpn/vpn-views.js';

/** Where a VPN connection ends in the cloud. */
type End = { readonly VpnGatewayId: string } | { readonly TransitGatewayId: string };

/**
 * A VPN connection, with a customer gateway of its own at the other end: the snapshot does not contain the
 * real one.
 */
export function connectionRow(
  call: AwsCall,
  { id, state, nativeState, cidrBlocks }: Pick<RemoteConnection, 'id' | 'state' | 'nativeState' | 'cidrBlocks'>,
  end: End,
  learned: readonly string[],
): VpnConnectionRow {
  const customerGatewayId = call.id('cgw-');
  const { customerGateways } = call.state.ec2;
  const IpAddress = documentationAddress(customerGateways.size);
  const fields = { State: 'available', IpAddress, BgpAsn: '65000' };
  customerGateways.set(customerGatewayId, { id: customerGatewayId, fields, tags: {} });
  const tunnels = state === 'unknown' ? [] : [...TUNNELS];
  const telemetry = telemetryOf(call, tunnels);
  if (telemetry[0] && state === 'up') telemetry[0].Status = 'UP';
  return {
    id,
    fields: {
      ...end,
      State: VPN_STATES.find((word) => word === nativeState) ?? 'available',
      CustomerGatewayId: customerGatewayId,
      Options: { ...DEFAULT_OPTIONS, StaticRoutesOnly: cidrBlocks !== undefined, TunnelOptions: tunnels },
      VgwTelemetry: telemetry,
    },
    routes: [...(cidrBlocks ?? [])],
    learned: [...learned],
    tags: {},
  };
}

const VPN_STATES: readonly VpnState[] = ['pending', 'available', 'deleting', 'deleted'];

/** Tunnels in place of the real ones, which a snapshot does not show. */
const TUNNELS: readonly TunnelOption[] = [
  { OutsideIpAddress: '192.0.2.10', TunnelInsideCidr: '169.254.10.0/30' },
  { OutsideIpAddress: '192.0.2.11', TunnelInsideCidr: '169.254.11.0/30' },
];

/** Addresses that nothing real answers at (RFC 5737). */
function documentationAddress(index: number): string {
  return `198.51.100.${1 + (index % 254)}`;
}

/**
 * A virtual interface, with a connection of its own below it: the snapshot does not contain the real one.
 */
export function interfaceRow(
  call: AwsCall,
  { id, state, nativeState }: Pick<RemoteConnection, 'id' | 'state' | 'nativeState'>,
  where: Pick<VirtualInterfaceRow, 'type' | 'announced'> & {
    readonly virtualGatewayId?: string;
    readonly directConnectGatewayId?: string;
  },
): VirtualInterfaceRow {
  const { connections, virtualInterfaces } = call.state.directConnect;
  const connectionId = `dxcon-${id.replace(/^dxvif-/, '')}`;
  connections.set(connectionId, {
    id: connectionId,
    ownerId: call.account,
    name: connectionId,
    location: 'EqDC2',
    bandwidth: '1Gbps',
    state: 'available',
  });
  return {
    id,
    ownerId: call.account,
    name: id,
    type: where.type,
    connectionId,
    vlan: 100 + virtualInterfaces.size,
    asn: 65_000,
    addressFamily: 'ipv4',
    amazonAddress: '169.254.255.1/30',
    customerAddress: '169.254.255.2/30',
    virtualGatewayId: where.virtualGatewayId,
    directConnectGatewayId: where.directConnectGatewayId,
    state: INTERFACE_STATES.find((word) => word === nativeState) ?? 'down',
    bgpStatus: state === 'unknown' ? 'unknown' : state === 'up' ? 'up' : 'down',
    announced: [...where.announced],
  };
}
