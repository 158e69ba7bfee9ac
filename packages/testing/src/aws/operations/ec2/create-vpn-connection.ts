import type {
  CreateVpnConnectionRequest,
  CreateVpnConnectionResult,
  VpnConnectionOptionsSpecification,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { parseBlock } from '../../ec2/request/cidr.js';
import { invalidCombination, invalidMember, need, refuse } from '../../ec2/request/errors.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { attachToTransitGateway, getTransitGateway } from '../../ec2/transit-gateway/transit-gateways.js';
import { checkType, getCustomerGateway, getVpnGateway, VPN_MS } from '../../ec2/vpn/vpn-connections.js';
import { newTunnels } from '../../ec2/vpn/vpn-tunnels.js';
import { vpnConnectionView } from '../../ec2/vpn/vpn-views.js';
import { ServiceError } from '../../service-error.js';
import type { VpnConnectionRow } from '../../state/vpn-state.js';

/**
 * Makes a connection with two tunnels, which are down until the device at the other end is set up: the world does that.
 * The configuration for the device, with its pre-shared keys, is not simulated.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html
 */
export const createVpnConnection = ec2Operation({
  name: 'CreateVpnConnection',
  kind: 'write',
  run: (call, input: CreateVpnConnectionRequest): CreateVpnConnectionResult => {
    const { ec2 } = call.state;
    refuse(input, ['VpnConcentratorId', 'PreSharedKeyStorage']);
    checkType(input.Type);
    const customer = getCustomerGateway(ec2, need(input.CustomerGatewayId, 'customerGatewayId'));
    if (input.VpnGatewayId !== undefined && input.TransitGatewayId !== undefined) {
      throw invalidCombination('The parameter vpnGatewayId cannot be used with the parameter transitGatewayId');
    }
    const vpnGatewayId = input.VpnGatewayId === undefined ? undefined : getVpnGateway(ec2, input.VpnGatewayId).id;
    const gateway = input.TransitGatewayId === undefined ? undefined : getTransitGateway(ec2, input.TransitGatewayId);
    const options = input.Options ?? {};
    refuse(options, ['TransportTransitGatewayAttachmentId', 'TunnelBandwidth']);
    refuse(options, ['LocalIpv6NetworkCidr', 'RemoteIpv6NetworkCidr']);
    needUsual(options);
    const tags = tagsFrom(input.TagSpecifications, 'vpn-connection');
    const alive = [...ec2.vpnConnections.values()].filter(({ state }) => state !== 'deleted');
    if (alive.length >= call.quota('vpn-connections')) {
      throw new ServiceError('VpnConnectionLimitExceeded', 'The maximum number of VPN connections has been reached.');
    }
    const row: VpnConnectionRow = {
      id: call.id('vpn-'),
      ownerId: call.account,
      customerGatewayId: customer.id,
      vpnGatewayId,
      transitGatewayId: gateway?.id,
      staticRoutesOnly: options.StaticRoutesOnly ?? false,
      localIpv4NetworkCidr: block(options.LocalIpv4NetworkCidr, 'localIpv4NetworkCidr'),
      remoteIpv4NetworkCidr: block(options.RemoteIpv4NetworkCidr, 'remoteIpv4NetworkCidr'),
      state: 'pending',
      tunnels: newTunnels(call, options.TunnelOptions),
      routes: [],
      learned: [],
      tags,
    };
    ec2.vpnConnections.set(row.id, row);
    if (gateway) attachToTransitGateway(call, gateway, { type: 'vpn', id: row.id });
    call.after(VPN_MS, 'ec2.vpn-connection', { id: row.id, to: 'available' });
    return { VpnConnection: vpnConnectionView(row) };
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
  if (text === undefined) return '0.0.0.0/0';
  const parsed = parseBlock(text);
  if (parsed?.family !== 4) throw invalidMember(member, text, 'This is not a valid CIDR block.');
  return parsed.text;
}
