import type { EgressOnlyInternetGateway, InternetGateway, InternetGatewayAttachment } from '@aws-sdk/client-ec2';
import type { RouteRow, RouteTableRow, GatewayRow } from '../state.js';
import type { VpnConnectionRow } from '../vpn/state.js';
import type { RegionState } from '../../state/aws-state.js';
import { parseBlock } from '../request/text-rules.js';
import { tagList } from '../request/family.js';

/** A way out of a virtual private gateway. */
export interface VgwRoute {
  readonly destination: string;
  readonly source: 'direct-connect' | 'vpn-static' | 'vpn-bgp';
  /** The virtual interface or VPN connection. */
  readonly by: string;
}

/**
 * What a virtual private gateway has learned: by BGP over Direct Connect, then from VPN connections' static routes, then by
 * BGP over VPN, which is also the order in which it prefers them for one destination.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
export function vgwRoutes(state: RegionState, gatewayId: string): readonly VgwRoute[] {
  const { virtualInterfaces, associations } = state.directConnect;
  const tied = new Set(
    [...associations.values()]
      .filter((row) => row.gatewayId === gatewayId && row.state === 'associated')
      .map((row) => row.directConnectGatewayId),
  );
  const direct = [...virtualInterfaces.values()]
    .filter(
      (row) =>
        row.type === 'private' &&
        row.state === 'available' &&
        row.bgpStatus === 'up' &&
        (row.virtualGatewayId === gatewayId || tied.has(row.directConnectGatewayId ?? '')),
    )
    .flatMap(({ id, announced }) => announced.map((destination) => route(destination, 'direct-connect', id)));
  return [...direct, ...vpnRoutes(state, ({ fields }) => fields.VpnGatewayId === gatewayId)];
}

/**
 * Whether a connection works: it is available, with a tunnel up.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html (routes appear while the status is UP)
 */
export function isUp({ fields }: VpnConnectionRow): boolean {
  return fields.State === 'available' && fields.VgwTelemetry.some(({ Status }) => Status === 'UP');
}

/** The routes of the VPN connections that work. */
export function vpnRoutes({ ec2 }: RegionState, isMeant: (row: VpnConnectionRow) => boolean): readonly VgwRoute[] {
  const working = [...ec2.vpnConnections.values()].filter((row) => isMeant(row) && isUp(row));
  return [
    ...working.flatMap(({ id, routes }) => routes.map((destination) => route(destination, 'vpn-static', id))),
    ...working.flatMap(({ id, learned }) => learned.map((destination) => route(destination, 'vpn-bgp', id))),
  ];
}

const route = (destination: string, source: VgwRoute['source'], by: string): VgwRoute => ({ destination, source, by });

/** All routes of a table: its own, then what virtual private gateways propagate into it. */
export function routesOf(state: RegionState, table: RouteTableRow): readonly RouteRow[] {
  const propagated = new Map<string, RouteRow>();
  for (const gatewayId of table.propagatingVgws ?? []) {
    if (state.ec2.vpnGateways.get(gatewayId)?.vpcId !== table.vpcId) continue;

    for (const { destination } of vgwRoutes(state, gatewayId)) {
      propagated.set(`${destination}/${gatewayId}`, {
        destination,
        kind: parseBlock(destination)?.family === 6 ? 'ipv6' : 'ipv4',
        targetKind: 'virtual-private-gateway',
        targetId: gatewayId,
        origin: 'EnableVgwRoutePropagation',
      });
    }
  }
  return [...table.routes, ...propagated.values()];
}

/** An internet gateway as the API shows it. */
export function internetGatewayView(row: GatewayRow): InternetGateway {
  return {
    InternetGatewayId: row.id,
    OwnerId: row.ownerId,
    // Attached is called `available` here, the enumeration notwithstanding (API_InternetGatewayAttachment.html).
    Attachments: attachments(row, 'available' as 'attached'),
    Tags: tagList(row.tags),
  };
}

/** An egress-only internet gateway as the API shows it. */
export function egressOnlyGatewayView(row: GatewayRow): EgressOnlyInternetGateway {
  return {
    EgressOnlyInternetGatewayId: row.id,
    Attachments: attachments(row, 'attached'),
    Tags: tagList(row.tags),
  };
}

function attachments(row: GatewayRow, State: 'attached'): InternetGatewayAttachment[] {
  return row.vpcId === undefined ? [] : [{ VpcId: row.vpcId, State }];
}
