import type { Connection, DirectConnectGatewayAssociation, VirtualInterface } from '@aws-sdk/client-direct-connect';
import type { AwsCall } from '../operation/call.js';
import type { DirectConnectAssociationRow, DirectConnectConnectionRow, VirtualInterfaceRow } from './state.js';

/** A physical connection as the API shows it. */
export function connectionView({ region }: AwsCall, row: DirectConnectConnectionRow): Connection {
  return {
    ownerAccount: row.ownerId,
    connectionId: row.id,
    connectionName: row.name,
    connectionState: row.state,
    region,
    location: row.location,
    bandwidth: row.bandwidth,
    jumboFrameCapable: true,
    hasLogicalRedundancy: 'unknown',
    macSecCapable: false,
    tags: [],
  };
}

/** A virtual interface as the API shows it. What the other end announces is not among it. */
export function virtualInterfaceView({ state, region }: AwsCall, row: VirtualInterfaceRow): VirtualInterface {
  const peer = { asn: row.asn, addressFamily: row.addressFamily };
  const addresses = { amazonAddress: row.amazonAddress, customerAddress: row.customerAddress };
  return {
    ...peer,
    ...addresses,
    ownerAccount: row.ownerId,
    virtualInterfaceId: row.id,
    location: state.directConnect.connections.get(row.connectionId)?.location,
    connectionId: row.connectionId,
    virtualInterfaceType: row.type,
    virtualInterfaceName: row.name,
    vlan: row.vlan,
    virtualInterfaceState: row.state,
    mtu: 1500,
    jumboFrameCapable: true,
    virtualGatewayId: row.virtualGatewayId,
    directConnectGatewayId: row.directConnectGatewayId,
    routeFilterPrefixes: [], // of public interfaces only
    bgpPeers: [
      {
        ...peer,
        ...addresses,
        bgpPeerId: row.id.replace('dxvif-', 'dxpeer-'),
        bgpPeerState: 'available',
        bgpStatus: row.bgpStatus,
      },
    ],
    region,
    siteLinkEnabled: false,
    tags: [],
  };
}

/** What ties a Direct Connect gateway to another, as the API shows it. */
export function associationView(
  { account }: AwsCall,
  row: DirectConnectAssociationRow,
): DirectConnectGatewayAssociation {
  return {
    directConnectGatewayId: row.directConnectGatewayId,
    directConnectGatewayOwnerAccount: account,
    associationState: row.state,
    associatedGateway: {
      id: row.gatewayId,
      type: row.gatewayType,
      ownerAccount: row.gatewayOwnerId,
      region: row.region,
    },
    associationId: row.id,
    allowedPrefixesToDirectConnectGateway: row.allowedPrefixes.map((cidr) => ({ cidr })),
    ...(row.gatewayType === 'virtualPrivateGateway' && {
      virtualGatewayId: row.gatewayId,
      virtualGatewayRegion: row.region,
      virtualGatewayOwnerAccount: row.gatewayOwnerId,
    }),
  };
}
