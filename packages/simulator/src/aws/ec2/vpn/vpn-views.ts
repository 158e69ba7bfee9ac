import type { CustomerGateway, VpnConnection, VpnGateway } from '@aws-sdk/client-ec2';
import type { CustomerGatewayRow, VpnConnectionRow, VpnGatewayRow } from './state.js';
import { tagList } from '../request/tags.js';

/** Numbers above this are shown in a member of their own. */
const LARGEST_16_BIT = 65_535;

/** A virtual private gateway as the API shows it. */
export function vpnGatewayView(row: VpnGatewayRow): VpnGateway {
  return {
    VpnGatewayId: row.id,
    State: row.state,
    Type: 'ipsec.1',
    AmazonSideAsn: row.amazonSideAsn,
    AvailabilityZone: row.availabilityZone,
    VpcAttachments: row.vpcId === undefined ? [] : [{ VpcId: row.vpcId, State: 'attached' }],
    Tags: tagList(row.tags),
  };
}

/** A customer gateway as the API shows it. */
export function customerGatewayView(row: CustomerGatewayRow): CustomerGateway {
  return {
    CustomerGatewayId: row.id,
    State: row.state,
    Type: 'ipsec.1',
    IpAddress: row.ipAddress,
    CertificateArn: row.certificateArn,
    DeviceName: row.deviceName,
    ...(row.bgpAsn > LARGEST_16_BIT ? { BgpAsnExtended: String(row.bgpAsn) } : { BgpAsn: String(row.bgpAsn) }),
    Tags: tagList(row.tags),
  };
}

/** A VPN connection as the API shows it, its tunnels with the routes that they have learned. */
export function vpnConnectionView(row: VpnConnectionRow): VpnConnection {
  const works = row.state === 'available';
  return {
    VpnConnectionId: row.id,
    State: row.state,
    Type: 'ipsec.1',
    Category: 'VPN',
    CustomerGatewayId: row.customerGatewayId,
    VpnGatewayId: row.vpnGatewayId,
    TransitGatewayId: row.transitGatewayId,
    GatewayAssociationState:
      row.vpnGatewayId === undefined && row.transitGatewayId === undefined ? 'not-associated' : 'associated',
    Options: {
      EnableAcceleration: false,
      StaticRoutesOnly: row.staticRoutesOnly,
      LocalIpv4NetworkCidr: row.localIpv4NetworkCidr,
      RemoteIpv4NetworkCidr: row.remoteIpv4NetworkCidr,
      OutsideIpAddressType: 'PublicIpv4',
      TunnelInsideIpVersion: 'ipv4',
      TunnelOptions: row.tunnels.map(({ outsideIpAddress, insideCidr, options }) => ({
        ...options,
        OutsideIpAddress: outsideIpAddress,
        TunnelInsideCidr: insideCidr,
      })),
    },
    Routes: row.routes.map((DestinationCidrBlock) => ({ DestinationCidrBlock, State: 'available' })),
    VgwTelemetry: row.tunnels.map((tunnel) => ({
      OutsideIpAddress: tunnel.outsideIpAddress,
      Status: tunnel.status,
      StatusMessage: '',
      LastStatusChange: tunnel.lastStatusChange,
      AcceptedRouteCount: works && tunnel.status === 'UP' ? row.routes.length + row.learned.length : 0,
    })),
    Tags: tagList(row.tags),
  };
}
