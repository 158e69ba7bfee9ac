import {
  canonicalIpv6,
  parseIpv4,
  invalidCombination,
  invalidMember,
  missingParameter,
  checkQuota,
} from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { ID, needRow } from '../request/ids.js';
import { bgpAsn, checkType, VISIBLE_MS, customerGatewayView } from '../vpn/vpn-views.js';
import { ServiceError } from '../../operation/operation.js';
import type { CustomerGatewayRow } from '../vpn/state.js';

/** Of two that are equal in these, one is made. */
const IDENTITY = ['BgpAsn', 'BgpAsnExtended', 'CertificateArn', 'DeviceName', 'IpAddress'] as const;

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

    const asn = input.BgpAsn ?? input.BgpAsnExtended ?? 65_000;
    if (!(asn >= 1 && asn <= 4_294_967_295)) throw invalidMember('bgpAsn', asn, 'It is no ASN.');

    const tags = tagsFrom(input.TagSpecifications, 'customer-gateway');
    const alive = [...customerGateways.values()].filter(({ fields }) => fields.State === 'available');
    const { CertificateArn, DeviceName } = input;
    const fields: CustomerGatewayRow['fields'] = {
      State: 'available',
      IpAddress: ipAddress,
      CertificateArn,
      DeviceName,
      ...bgpAsn(asn),
    };
    const same = alive.find((row) => IDENTITY.every((name) => row.fields[name] === fields[name]));
    if (same) return { CustomerGateway: customerGatewayView(same) };

    checkQuota(call, 'customer-gateways', alive.length, 'CustomerGatewayLimitExceeded');

    const row: CustomerGatewayRow = { id: call.id('cgw-'), fields, tags };
    customerGateways.set(row.id, row);
    return { CustomerGateway: customerGatewayView(row) };
  },

  DeleteCustomerGateway(call, input) {
    const { ec2 } = call.state;
    const row = needRow(ec2, ID.customerGateway, input.CustomerGatewayId);
    const uses = [...ec2.vpnConnections.values()].some(
      (connection) => connection.fields.CustomerGatewayId === row.id && connection.fields.State !== 'deleted',
    );
    if (uses) throw new ServiceError('IncorrectState', 'The customer gateway is in use.');

    row.fields.State = 'deleted';
    call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    return {};
  },

  DescribeCustomerGateways: listing({
    of: ID.customerGateway,
    as: 'CustomerGateways',
    view: customerGatewayView,
    filters: 'bgp-asn customer-gateway-id ip-address state type',
  }),
});
