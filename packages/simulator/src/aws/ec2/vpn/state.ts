import type { TunnelOption } from '@aws-sdk/client-ec2';
import type { TagRow } from '../../state/tag-row.js';

/** A virtual private gateway. */
export interface VpnGatewayRow {
  /** `vgw-…` */
  readonly id: string;
  readonly ownerId: string;
  readonly amazonSideAsn: number;
  readonly availabilityZone: string | undefined;
  state: 'available' | 'deleted';
  /** The VPC that it is attached to. */
  vpcId: string | undefined;
  tags: TagRow;
}

export interface CustomerGatewayRow {
  /** `cgw-…` */
  readonly id: string;
  readonly ownerId: string;
  readonly bgpAsn: number;
  readonly ipAddress: string | undefined;
  readonly certificateArn: string | undefined;
  readonly deviceName: string | undefined;
  state: 'available' | 'deleted';
  tags: TagRow;
}

export interface VpnTunnelRow {
  readonly outsideIpAddress: string;
  readonly insideCidr: string;
  /** The requested options in the API's form, without the pre-shared key. */
  readonly options?: Readonly<Omit<TunnelOption, 'OutsideIpAddress' | 'TunnelInsideCidr'>> | undefined;
  /** Down until the device at the other end is set up, which only the world can do. */
  status: 'UP' | 'DOWN';
  lastStatusChange: Date;
}

export interface VpnConnectionRow {
  /** `vpn-…` */
  readonly id: string;
  readonly ownerId: string;
  readonly customerGatewayId: string;
  readonly vpnGatewayId: string | undefined;
  readonly transitGatewayId: string | undefined;
  readonly staticRoutesOnly: boolean;
  readonly localIpv4NetworkCidr: string;
  readonly remoteIpv4NetworkCidr: string;
  state: 'pending' | 'available' | 'deleting' | 'deleted';
  tunnels: VpnTunnelRow[];
  /** Static routes, in their canonical form. */
  routes: string[];
  /** What the other end announces by BGP; empty for a connection with static routes. */
  learned: string[];
  tags: TagRow;
}

/** Virtual private gateways, and their connections, of one region. */
export interface VpnState {
  readonly vpnGateways: Map<string, VpnGatewayRow>;
  readonly customerGateways: Map<string, CustomerGatewayRow>;
  readonly vpnConnections: Map<string, VpnConnectionRow>;
}
