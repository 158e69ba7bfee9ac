import { becomeAvailable } from '../transit-gateway/transit-gateways.js';
import type {
  CustomerGateway,
  TunnelOption,
  VgwTelemetry,
  VpnConnection,
  VpnConnectionOptions,
  VpnGateway,
  VpnTunnelOptionsSpecification,
} from '@aws-sdk/client-ec2';
import type { CustomerGatewayRow, VpnConnectionRow, VpnGatewayRow } from './state.js';
import { tagList } from '../request/family.js';
import { covers } from '../../../simulation/addresses.js';
import type { AwsCall, TimerHandlers } from '../../operation/operation.js';
import { parseBlock, invalidMember, invalidValue, refuse, need } from '../request/text-rules.js';

/** Numbers above this are shown in a member of their own. */
const LARGEST_16_BIT = 65_535;

/** The number of a customer gateway's autonomous system, in the member that shows it. */
export function bgpAsn(asn: number): Pick<CustomerGateway, 'BgpAsn' | 'BgpAsnExtended'> {
  return asn > LARGEST_16_BIT ? { BgpAsnExtended: String(asn) } : { BgpAsn: String(asn) };
}

/** A virtual private gateway as the API shows it. */
export function vpnGatewayView({ id, fields, vpcId, tags }: VpnGatewayRow): VpnGateway {
  return {
    VpnGatewayId: id,
    Type: 'ipsec.1',
    ...fields,
    VpcAttachments: vpcId === undefined ? [] : [{ VpcId: vpcId, State: 'attached' }],
    Tags: tagList(tags),
  };
}

/** A customer gateway as the API shows it. */
export function customerGatewayView({ id, fields, tags }: CustomerGatewayRow): CustomerGateway {
  return { CustomerGatewayId: id, Type: 'ipsec.1', ...fields, Tags: tagList(tags) };
}

/** What a connection has where the call names nothing. Of some options only this is simulated. */
export const DEFAULT_OPTIONS = {
  EnableAcceleration: false,
  StaticRoutesOnly: false,
  LocalIpv4NetworkCidr: '0.0.0.0/0',
  RemoteIpv4NetworkCidr: '0.0.0.0/0',
  OutsideIpAddressType: 'PublicIpv4',
  TunnelInsideIpVersion: 'ipv4',
} as const satisfies VpnConnectionOptions;

/** A VPN connection as the API shows it, its tunnels with the routes that they have learned. */
export function vpnConnectionView({ id, fields, routes, learned, tags }: VpnConnectionRow): VpnConnection {
  const { State, VpnGatewayId, TransitGatewayId } = fields;
  const count = State === 'available' ? routes.length + learned.length : 0;
  return {
    VpnConnectionId: id,
    Type: 'ipsec.1',
    Category: 'VPN',
    ...fields,
    GatewayAssociationState: (VpnGatewayId ?? TransitGatewayId) === undefined ? 'not-associated' : 'associated',
    Routes: routes.map((DestinationCidrBlock) => ({ DestinationCidrBlock, State: 'available' })),
    VgwTelemetry: fields.VgwTelemetry.map((tunnel) => ({
      ...tunnel,
      AcceptedRouteCount: tunnel.Status === 'UP' ? count : 0,
    })),
    Tags: tagList(tags),
  };
}

/** Every connection has two. */
const TUNNELS = 2;
/** The block of the inner addresses of tunnels. Each pair is in a block of four addresses. */
const INSIDE = parseBlock('169.254.0.0/16');
const INSIDE_BITS = 30;

/**
 * Two tunnels that are down, with outside addresses for documentation (RFC 5737), where no real host
 * answers. Pre-shared keys are accepted and not stored.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 * @throws {ServiceError} `InvalidParameterValue`, `UnsupportedOperation`.
 */
export function newTunnels(call: AwsCall, given: readonly VpnTunnelOptionsSpecification[] = []): TunnelOption[] {
  if (given.length > TUNNELS) throw invalidValue(`A VPN connection has ${TUNNELS} tunnels.`); // [U]

  const octet = (): number => 1 + Math.floor(call.random() * 254);
  return Array.from({ length: TUNNELS }, (_, index) => {
    const { TunnelInsideCidr, ...asked } = given[index] ?? {};
    return {
      OutsideIpAddress: `203.0.113.${octet()}`,
      TunnelInsideCidr: insideCidr(TunnelInsideCidr) ?? `169.254.${octet()}.${index * 4 + 8}/${INSIDE_BITS}`,
      ...optionsFrom(asked),
    };
  });
}

/** What the ends of tunnels tell of them at first. */
export function telemetryOf({ now }: Pick<AwsCall, 'now'>, tunnels: readonly TunnelOption[]): VgwTelemetry[] {
  const state = { Status: 'DOWN', StatusMessage: '', LastStatusChange: new Date(now) } as const;
  return tunnels.map(({ OutsideIpAddress }) => ({ OutsideIpAddress, ...state }));
}

function insideCidr(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;

  const block = parseBlock(text);
  if (block?.bits === INSIDE_BITS && INSIDE && covers(INSIDE, block)) return block.text;

  throw invalidMember('tunnelInsideCidr', text, 'It must be a /30 block of 169.254.0.0/16.');
}

/** Requests and answers spell three members differently. */
function optionsFrom(asked: Omit<VpnTunnelOptionsSpecification, 'TunnelInsideCidr'>): TunnelOption {
  refuse(asked, ['TunnelInsideIpv6Cidr', 'LogOptions']);
  const {
    PreSharedKey: _forgotten,
    DPDTimeoutSeconds: DpdTimeoutSeconds,
    DPDTimeoutAction: DpdTimeoutAction,
    IKEVersions: IkeVersions,
    TunnelInsideIpv6Cidr: _refused,
    LogOptions: _refusedToo,
    ...same
  } = asked;
  return { ...same, DpdTimeoutSeconds, DpdTimeoutAction, IkeVersions };
}

/** From a call until a connection is available or deleted: "a few minutes". Simulated milliseconds. */
export const VPN_MS = 240_000;
/** How long what was deleted stays to be described [U]. */
export const VISIBLE_MS = 3_600_000;

/** What becomes of connections by themselves. */
export const vpnTimers: TimerHandlers = {
  'ec2.vpn-connection': (call, { id, to }) => {
    const { ec2 } = call.state;
    const row = ec2.vpnConnections.get(String(id));
    if (to === 'available' && row?.fields.State === 'pending') {
      row.fields.State = 'available';
      for (const attachment of ec2.transitGatewayAttachments.values()) {
        if (attachment.resourceId === row.id && attachment.state === 'pending') becomeAvailable(ec2, attachment);
      }
    } else if (to === 'deleted' && row) {
      row.fields.State = 'deleted';
      call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    }
  },
  'ec2.vpn-vanishes': ({ state: { ec2 } }, data) => {
    for (const rows of [ec2.vpnGateways, ec2.customerGateways, ec2.vpnConnections]) rows.delete(String(data['id']));
  },
};

/** There is one type of gateway and connection. @throws {ServiceError} `MissingParameter`, `InvalidParameterValue`. */
export function checkType(type: string | undefined): void {
  const given = need(type, 'type');
  if (given !== 'ipsec.1') throw invalidMember('type', given, 'It must be ipsec.1.');
}
