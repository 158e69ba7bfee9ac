import { INTERFACE_STATES, type VirtualInterfaceRow } from '../../direct-connect/state.js';
import type { RemoteConnection } from '@postern/core/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import type { VpnConnectionRow, VpnTunnelRow } from '../../ec2/vpn/state.js';

/** Where a VPN connection ends in the cloud. */
type End = { readonly vpnGatewayId: string } | { readonly transitGatewayId: string };

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
  const { size } = call.state.ec2.customerGateways;
  call.state.ec2.customerGateways.set(customerGatewayId, {
    id: customerGatewayId,
    ownerId: call.account,
    bgpAsn: 65_000,
    ipAddress: documentationAddress(size),
    certificateArn: undefined,
    deviceName: undefined,
    state: 'available',
    tags: {},
  });
  return {
    id,
    ownerId: call.account,
    customerGatewayId,
    vpnGatewayId: 'vpnGatewayId' in end ? end.vpnGatewayId : undefined,
    transitGatewayId: 'transitGatewayId' in end ? end.transitGatewayId : undefined,
    staticRoutesOnly: cidrBlocks !== undefined,
    localIpv4NetworkCidr: '0.0.0.0/0',
    remoteIpv4NetworkCidr: '0.0.0.0/0',
    state: VPN_STATES.find((word) => word === nativeState) ?? 'available',
    tunnels: state === 'unknown' ? [] : [tunnel(call, 0, state === 'up'), tunnel(call, 1, false)],
    routes: [...(cidrBlocks ?? [])],
    learned: [...learned],
    tags: {},
  };
}

const VPN_STATES: readonly VpnConnectionRow['state'][] = ['pending', 'available', 'deleting', 'deleted'];

function tunnel({ now }: AwsCall, index: number, up: boolean): VpnTunnelRow {
  return {
    outsideIpAddress: `192.0.2.${10 + index}`,
    insideCidr: `169.254.${10 + index}.0/30`,
    status: up ? 'UP' : 'DOWN',
    lastStatusChange: new Date(now),
  };
}

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
