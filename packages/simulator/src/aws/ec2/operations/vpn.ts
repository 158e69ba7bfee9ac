import type { VpnConnectionOptionsSpecification } from '@aws-sdk/client-ec2';
import { parseBlock, invalidCombination, invalidMember, need, refuse, checkQuota } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { needRow, ID, getRow } from '../request/ids.js';
import { attachToTransitGateway, deleteAttachment, getTransitGateway } from '../transit-gateway/transit-gateways.js';
import { checkAsn } from '../transit-gateway/transit-interfaces.js';
import { routeBlock } from '../transit-gateway/transit-views.js';
import {
  checkType,
  DEFAULT_OPTIONS,
  VISIBLE_MS,
  VPN_MS,
  newTunnels,
  telemetryOf,
  vpnConnectionView,
  vpnGatewayView,
} from '../vpn/vpn-views.js';
import { ServiceError } from '../../operation/operation.js';
import type { VpnConnectionRow, VpnGatewayRow } from '../vpn/state.js';

/** Virtual private gateways, and VPN connections with their static routes. */
export const vpnOperations = family({
  CreateVpnGateway(call, input) {
    const { vpnGateways } = call.state.ec2;
    checkType(input.Type);
    const tags = tagsFrom(input.TagSpecifications, 'vpn-gateway');
    const alive = [...vpnGateways.values()].filter(({ fields }) => fields.State !== 'deleted');
    checkQuota(call, 'vpn-gateways', alive.length, 'VpnGatewayLimitExceeded', 'virtual private gateways');

    const row: VpnGatewayRow = {
      id: call.id('vgw-'),
      ownerId: call.account,
      fields: {
        State: 'available',
        AmazonSideAsn: checkAsn(input.AmazonSideAsn ?? 64_512),
        AvailabilityZone: input.AvailabilityZone,
      },
      vpcId: undefined,
      tags,
    };
    vpnGateways.set(row.id, row);
    return { VpnGateway: vpnGatewayView(row) };
  },

  DeleteVpnGateway(call, input) {
    const { ec2 } = call.state;
    const row = needRow(ec2, ID.vpnGateway, input.VpnGatewayId);
    const uses = [...ec2.vpnConnections.values()].some(
      ({ fields }) => fields.VpnGatewayId === row.id && fields.State !== 'deleted',
    );
    if (row.vpcId !== undefined || uses) {
      throw new ServiceError('IncorrectState', `The vpnGateway '${row.id}' is still in use.`); // [U] words
    }

    row.fields.State = 'deleted';
    call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    return {};
  },

  AttachVpnGateway({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.vpnGateway, input.VpnGatewayId);
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const isTaken = [...ec2.vpnGateways.values()].some((other) => other.id !== row.id && other.vpcId === vpc.id);
    if (isTaken || (row.vpcId !== undefined && row.vpcId !== vpc.id)) {
      throw new ServiceError(
        'VpnGatewayAttachmentLimitExceeded',
        `A VPC has one virtual private gateway at most, and a virtual private gateway one VPC.`, // [U] words
      );
    }

    row.vpcId = vpc.id;
    return { VpcAttachment: { VpcId: vpc.id, State: 'attaching' } };
  },

  /** Detaches a gateway from its VPC. Routes to it become blackholes, and its propagated routes are removed. */
  DetachVpnGateway({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.vpnGateway, input.VpnGatewayId);
    const vpcId = need(input.VpcId, 'vpcId');
    if (row.vpcId !== vpcId) {
      throw new ServiceError(
        'InvalidVpnGatewayAttachment.NotFound',
        `The attachment with vpn gateway ID '${row.id}' and vpc ID '${vpcId}' does not exist`,
      );
    }

    row.vpcId = undefined;
    return {};
  },

  DescribeVpnGateways: listing({
    of: ID.vpnGateway,
    as: 'VpnGateways',
    view: vpnGatewayView,
    filters: `amazon-side-asn attachment.state=vpc-attachments.state attachment.vpc-id=vpc-attachments.vpc-id availability-zone
       state type vpn-gateway-id`,
  }),

  /**
   * Makes a connection with two tunnels, which are down until the device at the other end is set up: the world does that.
   * The configuration for the device, with its pre-shared keys, is not simulated.
   */
  CreateVpnConnection(call, input) {
    const { ec2 } = call.state;
    refuse(input, ['VpnConcentratorId', 'PreSharedKeyStorage']);
    checkType(input.Type);
    const customer = needRow(ec2, ID.customerGateway, input.CustomerGatewayId);
    if (input.VpnGatewayId !== undefined && input.TransitGatewayId !== undefined) {
      throw invalidCombination('The parameter vpnGatewayId cannot be used with the parameter transitGatewayId');
    }

    const vpnGatewayId =
      input.VpnGatewayId === undefined ? undefined : getRow(ec2, ID.vpnGateway, input.VpnGatewayId).id;
    const gateway = input.TransitGatewayId === undefined ? undefined : getTransitGateway(ec2, input.TransitGatewayId);
    const options = input.Options ?? {};
    refuse(options, ['TransportTransitGatewayAttachmentId', 'TunnelBandwidth']);
    refuse(options, ['LocalIpv6NetworkCidr', 'RemoteIpv6NetworkCidr']);
    needUsual(options);
    const tags = tagsFrom(input.TagSpecifications, 'vpn-connection');
    const alive = [...ec2.vpnConnections.values()].filter(({ fields }) => fields.State !== 'deleted');
    checkQuota(call, 'vpn-connections', alive.length, 'VpnConnectionLimitExceeded', 'VPN connections');

    const id = call.id('vpn-');
    const Options = {
      ...DEFAULT_OPTIONS,
      StaticRoutesOnly: options.StaticRoutesOnly ?? false,
      LocalIpv4NetworkCidr: block(options.LocalIpv4NetworkCidr, 'localIpv4NetworkCidr'),
      RemoteIpv4NetworkCidr: block(options.RemoteIpv4NetworkCidr, 'remoteIpv4NetworkCidr'),
      TunnelOptions: newTunnels(call, options.TunnelOptions),
    };
    const row: VpnConnectionRow = {
      id,
      fields: {
        State: 'pending',
        CustomerGatewayId: customer.id,
        VpnGatewayId: vpnGatewayId,
        TransitGatewayId: gateway?.id,
        Options,
        VgwTelemetry: telemetryOf(call, Options.TunnelOptions),
      },
      routes: [],
      learned: [],
      tags,
    };
    ec2.vpnConnections.set(row.id, row);
    if (gateway) attachToTransitGateway(call, gateway, { type: 'vpn', id: row.id });
    call.after(VPN_MS, 'ec2.vpn-connection', { id: row.id, to: 'available' });
    return { VpnConnection: vpnConnectionView(row) };
  },

  DeleteVpnConnection(call, input) {
    const row = needRow(call.state.ec2, ID.vpnConnection, input.VpnConnectionId);
    row.fields.State = 'deleting';
    for (const attachment of call.state.ec2.transitGatewayAttachments.values()) {
      if (attachment.resourceId === row.id && attachment.state !== 'deleted') deleteAttachment(call, attachment);
    }
    call.after(VPN_MS, 'ec2.vpn-connection', { id: row.id, to: 'deleted' });
    return {};
  },

  DescribeVpnConnections: listing({
    of: ID.vpnConnection,
    as: 'VpnConnections',
    view: vpnConnectionView,
    filters: `customer-gateway-configuration customer-gateway-id option.static-routes-only route.destination-cidr-block state
         transit-gateway-id type vpn-connection-id vpn-gateway-id`,
    otherFilters: {
      'bgp-asn': ({ fields }, { state }) => {
        const { BgpAsn, BgpAsnExtended } = state.ec2.customerGateways.get(fields.CustomerGatewayId)?.fields ?? {};
        return BgpAsn ?? BgpAsnExtended;
      },
    },
  }),

  /** Adds a static route of a connection. Tables that the gateway propagates into have it once a tunnel is up. */
  CreateVpnConnectionRoute(call, input) {
    const row = needRow(call.state.ec2, ID.vpnConnection, input.VpnConnectionId);
    const block = routeBlock(input.DestinationCidrBlock);
    if (row.fields.Options.StaticRoutesOnly !== true) {
      throw new ServiceError('UnsupportedOperation', `The vpnConnection '${row.id}' does not use static routes.`); // [U]
    }
    if (row.routes.includes(block)) {
      throw invalidMember('destinationCidrBlock', block, 'The route already exists.'); // [U]
    }

    row.routes.push(block);
    return {};
  },

  DeleteVpnConnectionRoute(call, input) {
    const row = needRow(call.state.ec2, ID.vpnConnection, input.VpnConnectionId);
    const block = routeBlock(input.DestinationCidrBlock);
    if (!row.routes.includes(block)) {
      throw new ServiceError('InvalidRoute.NotFound', `The specified route ${block} does not exist in ${row.id}`); // [U] words
    }

    row.routes = row.routes.filter((route) => route !== block);
    return {};
  },
});

/** Of what may be chosen only the usual is simulated. */
function needUsual({
  EnableAcceleration,
  TunnelInsideIpVersion,
  OutsideIpAddressType,
}: VpnConnectionOptionsSpecification) {
  const isUsual =
    EnableAcceleration !== true &&
    (TunnelInsideIpVersion ?? 'ipv4') === 'ipv4' &&
    (OutsideIpAddressType ?? 'PublicIpv4') === 'PublicIpv4';
  if (isUsual) return;

  throw new ServiceError(
    'UnsupportedOperation',
    'Acceleration, IPv6 inside and private addresses outside are not simulated.',
  );
}

function block(text: string | undefined, member: string): string {
  if (text === undefined) return DEFAULT_OPTIONS.LocalIpv4NetworkCidr;

  const parsed = parseBlock(text);
  if (parsed?.family !== 4) throw invalidMember(member, text, 'This is not a valid CIDR block.');

  return parsed.text;
}
