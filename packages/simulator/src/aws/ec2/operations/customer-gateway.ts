import { shownFilters } from '../request/filters.js';
import {
  canonicalIpv6,
  parseIpv4,
  invalidCombination,
  invalidMember,
  missingParameter,
  need,
} from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { ID } from '../request/ids.js';
import { tagsFrom } from '../request/tags.js';
import { checkType, getCustomerGateway, VISIBLE_MS, customerGatewayView } from '../vpn/vpn-views.js';
import { ServiceError } from '../../operation/operation.js';
import type { CustomerGatewayRow } from '../vpn/state.js';

/** Customer gateways, the other ends of VPN connections. */
export const customerGatewayOperations = family({
  /** The same twice is one customer gateway. */
  CreateCustomerGateway(call, input) {
    const { customerGateways } = call.state.ec2;
    checkType(input.Type);
    const ipAddress = input.IpAddress ?? input.PublicIp;
    if (ipAddress === undefined && input.CertificateArn === undefined) throw missingParameter('ipAddress');
    if (ipAddress !== undefined && parseIpv4(ipAddress) === undefined && canonicalIpv6(ipAddress) === undefined) {
      throw invalidMember('ipAddress', ipAddress, 'Invalid IP address.');
    }
    if (input.BgpAsn !== undefined && input.BgpAsnExtended !== undefined) {
      throw invalidCombination('The parameter bgpAsn cannot be used with the parameter bgpAsnExtended');
    }

    const bgpAsn = input.BgpAsn ?? input.BgpAsnExtended ?? 65_000;
    if (!(bgpAsn >= 1 && bgpAsn <= 4_294_967_295)) throw invalidMember('bgpAsn', bgpAsn, 'It is no ASN.');

    const tags = tagsFrom(input.TagSpecifications, 'customer-gateway');
    const alive = [...customerGateways.values()].filter(({ state }) => state === 'available');
    const same = alive.find(
      (row) =>
        row.ipAddress === ipAddress &&
        row.bgpAsn === bgpAsn &&
        row.certificateArn === input.CertificateArn &&
        row.deviceName === input.DeviceName,
    );
    if (same) return { CustomerGateway: customerGatewayView(same) };
    if (alive.length >= call.quota('customer-gateways')) {
      throw new ServiceError(
        'CustomerGatewayLimitExceeded',
        'The maximum number of customer gateways has been reached.',
      );
    }

    const row: CustomerGatewayRow = {
      id: call.id('cgw-'),
      ownerId: call.account,
      bgpAsn,
      ipAddress,
      certificateArn: input.CertificateArn,
      deviceName: input.DeviceName,
      state: 'available',
      tags,
    };
    customerGateways.set(row.id, row);
    return { CustomerGateway: customerGatewayView(row) };
  },

  DeleteCustomerGateway(call, input) {
    const { ec2 } = call.state;
    const row = getCustomerGateway(ec2, need(input.CustomerGatewayId, 'customerGatewayId'));
    const uses = [...ec2.vpnConnections.values()].some(
      (connection) => connection.customerGatewayId === row.id && connection.state !== 'deleted',
    );
    if (uses) throw new ServiceError('IncorrectState', 'The customer gateway is in use.');

    row.state = 'deleted';
    call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    return {};
  },

  DescribeCustomerGateways: listing({
    rows: (ec2) => ec2.customerGateways,
    ids: ['CustomerGatewayIds', ID.customerGateway],
    as: 'CustomerGateways',
    view: customerGatewayView,
    filters: shownFilters('bgp-asn customer-gateway-id ip-address state type', customerGatewayView),
  }),
});
