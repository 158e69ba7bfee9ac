import type { RemoteConnection, VirtualGateway, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import { type VirtualInterfaceRow, INTERFACE_STATES } from '../../direct-connect/state.js';
import type { Lack } from '../lack.js';
import type { TunnelOption, VpnState } from '@aws-sdk/client-ec2';
import type { VpnConnectionRow } from '../../ec2/vpn/state.js';
import { DEFAULT_OPTIONS, telemetryOf } from '../../ec2/vpn/vpn-views.js';

/**
 * Virtual private gateways with the connections that end at them.
 * @returns the gateways whose propagated routes follow from what their connections announce, so that they
 * need no rows
 */
export function loadVirtualGateways(call: AwsCall, region: RegionSnapshot, lack: Lack): ReadonlySet<string> {
  const { virtualGateways } = region;
  if (virtualGateways === undefined) {
    lack(`the virtual private gateways of ${call.region} were not read`);
    return new Set();
  }

  const derived = new Set<string>();
  for (const gateway of virtualGateways) {
    const { id, nativeState, networkIds, connections } = gateway;
    if (connections === undefined) lack(`the connections of ${id} were not read`);
    call.state.ec2.vpnGateways.set(id, {
      id,
      ownerId: call.account,
      fields: { State: nativeState === 'deleted' ? 'deleted' : 'available', AmazonSideAsn: 64_512 },
      vpcId: networkIds[0],
      tags: {},
    });
    const heard = heardBy(region, gateway);
    if (heard !== undefined) derived.add(id);
    for (const connection of connections ?? []) {
      const announced = connection.id === heard?.carrier ? heard.blocks : [];
      if (connection.kind === 'vpn') {
        const row = connectionRow(call, connection, { VpnGatewayId: id }, announced);
        call.state.ec2.vpnConnections.set(row.id, row);
      } else loadInterface(call, id, connection, announced);
    }
  }
  return derived;
}

/**
 * The blocks that a gateway learns by BGP, and the connection that is assumed to announce them: no call
 * shows which does.
 */
interface Heard {
  readonly blocks: readonly string[];
  readonly carrier: string | undefined;
}

/** `undefined` where tables show what no set of connections explains: then they keep the routes as rows. */
function heardBy(
  { routeTables = [] }: RegionSnapshot,
  { id, networkIds, connections }: VirtualGateway,
): Heard | undefined {
  if (connections === undefined) return undefined;

  const tables = routeTables.flatMap(({ networkId, routes = [] }) => {
    const learned = routes.filter(({ nextHop, origin }) => origin === 'propagated' && nextHop.id === id);
    return learned.length === 0 ? [] : [{ networkId, blocks: learned.map(({ cidrBlock = '' }) => cidrBlock).sort() }];
  });
  const [first] = tables;
  if (first === undefined) return { blocks: [], carrier: undefined };

  const same = tables.every(
    ({ networkId, blocks }) => networkIds.includes(networkId) && blocks.join() === first.blocks.join(),
  );
  const working = connections.filter(({ state }) => state === 'up');
  const known = new Set(working.flatMap(({ cidrBlocks }) => cidrBlocks ?? []));
  const heard = first.blocks.filter((block) => !known.has(block));
  const carrier =
    working.find(({ kind }) => kind === 'direct-connect') ?? working.find(({ cidrBlocks }) => cidrBlocks === undefined);
  if (!same || [...known].some((block) => !first.blocks.includes(block))) return undefined;
  if (heard.length > 0 && carrier === undefined) return undefined;

  return { blocks: heard, carrier: carrier?.id };
}

function loadInterface(
  call: AwsCall,
  virtualGatewayId: string,
  connection: RemoteConnection,
  announced: readonly string[],
): void {
  const { via } = connection;
  const { directConnect } = call.state;
  const known = directConnect.virtualInterfaces.get(connection.id);
  const row: VirtualInterfaceRow = interfaceRow(call, connection, {
    type: 'private',
    ...(via === undefined ? { virtualGatewayId } : { directConnectGatewayId: via }),
    announced: [...(known?.announced ?? []), ...announced],
  });
  directConnect.virtualInterfaces.set(row.id, row);
  if (via === undefined) return;

  tieDirectConnect(call, via, virtualGatewayId, 'virtualPrivateGateway');
}

/** A Direct Connect gateway, and what ties it to another gateway. */
export function tieDirectConnect(
  call: AwsCall,
  directConnectGatewayId: string,
  gatewayId: string,
  gatewayType: 'virtualPrivateGateway' | 'transitGateway',
): void {
  const { gateways, associations } = call.state.directConnect;
  gateways.set(directConnectGatewayId, {
    id: directConnectGatewayId,
    ownerId: call.account,
    name: directConnectGatewayId,
    amazonSideAsn: 64_513,
    state: 'available',
  });
  const id = `${gatewayId}/${directConnectGatewayId}`;
  associations.set(id, {
    id,
    directConnectGatewayId,
    gatewayType,
    gatewayId,
    gatewayOwnerId: call.account,
    region: call.region,
    state: 'associated',
    allowedPrefixes: [],
  });
}

/** Where a VPN connection ends in the cloud. */
type End = { readonly VpnGatewayId: string } | { readonly TransitGatewayId: string };

/**
 * A VPN connection, with a customer gateway of its own at the other end: the snapshot does not contain the real one.
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

/** A virtual interface, with a connection of its own below it: the snapshot does not contain the real one. */
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
