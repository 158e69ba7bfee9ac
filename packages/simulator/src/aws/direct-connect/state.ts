/**
 * Direct Connect in one region. Its resources cannot be created by a call. Rows are created by `plant` only,
 * and calls describe them.
 */
export const newState = () => ({
  connections: new Map<string, DirectConnectConnectionRow>(),
  virtualInterfaces: new Map<string, VirtualInterfaceRow>(),
  gateways: new Map<string, DirectConnectGatewayRow>(),
  associations: new Map<string, DirectConnectAssociationRow>(),
});

export type DirectConnectState = Readonly<ReturnType<typeof newState>>;

interface DirectConnectConnectionRow {
  /** `dxcon-…` */
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  /** `EqDC2` */
  readonly location: string;
  /** `1Gbps` */
  readonly bandwidth: string;
  state: 'ordering' | 'requested' | 'pending' | 'available' | 'down' | 'deleting' | 'deleted' | 'rejected' | 'unknown';
}

/** A virtual interface: private to a virtual private gateway or a Direct Connect gateway, transit to the latter. */
export interface VirtualInterfaceRow {
  /** `dxvif-…` */
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly type: 'private' | 'transit';
  readonly connectionId: string;
  readonly vlan: number;
  readonly asn: number;
  readonly addressFamily: 'ipv4' | 'ipv6';
  readonly amazonAddress: string;
  readonly customerAddress: string;
  readonly virtualGatewayId: string | undefined;
  readonly directConnectGatewayId: string | undefined;
  state:
    'confirming' | 'verifying' | 'pending' | 'available' | 'down' | 'testing' | 'deleting' | 'deleted' | 'rejected';
  /** Whether the BGP session is up. */
  bgpStatus: 'up' | 'down' | 'unknown';
  /** What the other end announces by BGP. No call shows it; routes that are propagated do. */
  announced: string[];
}

export interface DirectConnectGatewayRow {
  /** A UUID. */
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly amazonSideAsn: number;
  state: 'pending' | 'available' | 'deleting' | 'deleted';
}

/** What ties a Direct Connect gateway to a virtual private gateway or a transit gateway. */
export interface DirectConnectAssociationRow {
  /** A UUID. */
  readonly id: string;
  readonly directConnectGatewayId: string;
  readonly gatewayType: 'virtualPrivateGateway' | 'transitGateway';
  readonly gatewayId: string;
  readonly gatewayOwnerId: string;
  readonly region: string;
  state: 'associating' | 'associated' | 'disassociating' | 'disassociated' | 'updating';
  /** What is announced to the other end; empty for a virtual private gateway: its VPC's blocks. */
  allowedPrefixes: string[];
}

/** The states of a virtual interface. @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_VirtualInterface.html */
export const INTERFACE_STATES = [
  'confirming',
  'verifying',
  'pending',
  'available',
  'down',
  'testing',
  'deleting',
  'deleted',
  'rejected',
] as const satisfies readonly VirtualInterfaceRow['state'][];
