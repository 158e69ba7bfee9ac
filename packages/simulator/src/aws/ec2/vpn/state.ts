import type { CustomerGateway, VpnConnection, VpnGateway } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

/** A virtual private gateway. */
export interface VpnGatewayRow {
  /** `vgw-…` */
  readonly id: string;
  readonly ownerId: string;
  readonly fields: Shown<VpnGateway, 'State'>;
  /** The VPC that it is attached to. */
  vpcId: string | undefined;
  tags: TagRow;
}

export interface CustomerGatewayRow {
  /** `cgw-…` */
  readonly id: string;
  readonly fields: Shown<CustomerGateway, 'State'>;
  tags: TagRow;
}

export interface VpnConnectionRow {
  /** `vpn-…` */
  readonly id: string;
  /** Tunnels are down until the device at the other end is set up, which only the world can do. Pre-shared keys are not stored. */
  readonly fields: Shown<VpnConnection, 'State' | 'CustomerGatewayId' | 'Options' | 'VgwTelemetry'>;
  /** Static routes, in their canonical form. */
  routes: string[];
  /** What the other end announces by BGP; empty for a connection with static routes. */
  learned: string[];
  tags: TagRow;
}

/** Virtual private gateways, and their connections, of one region. */
export const newVpn = () => ({
  vpnGateways: new Map<string, VpnGatewayRow>(),
  customerGateways: new Map<string, CustomerGatewayRow>(),
  vpnConnections: new Map<string, VpnConnectionRow>(),
});
