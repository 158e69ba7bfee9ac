import type {
  CreateTransitGatewayRequest,
  CreateTransitGatewayResult,
  TransitGatewayRequestOptions,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { checkAsn, checkGatewayBlocks, switchFrom } from '../../ec2/transit-gateway/transit-options.js';
import { newTransitRouteTable, TRANSIT_MS } from '../../ec2/transit-gateway/transit-gateways.js';
import { transitGatewayView } from '../../ec2/transit-gateway/transit-views.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { ServiceError } from '../../service-error.js';
import type { TransitGatewayOptionsRow, TransitGatewayRow } from '../../state/transit-gateway-state.js';

/**
 * Makes a transit gateway, with a table of its own where attachments are associated or propagated by themselves.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGateway.html
 */
export const createTransitGateway = ec2Operation({
  name: 'CreateTransitGateway',
  kind: 'write',
  run: (call, input: CreateTransitGatewayRequest): CreateTransitGatewayResult => {
    const { ec2 } = call.state;
    const tags = tagsFrom(input.TagSpecifications, 'transit-gateway');
    const options = newOptions(input.Options ?? {});
    const alive = [...ec2.transitGateways.values()].filter(({ state }) => state !== 'deleted');
    if (alive.length >= call.quota('transit-gateways')) {
      throw new ServiceError('TransitGatewayLimitExceeded', 'The maximum number of transit gateways has been reached.'); // [U]
    }
    const row: TransitGatewayRow = {
      id: call.id('tgw-'),
      ownerId: call.account,
      createdAt: new Date(call.now),
      description: input.Description,
      state: 'pending',
      options,
      tags,
    };
    ec2.transitGateways.set(row.id, row);
    const { defaultRouteTableAssociation: association, defaultRouteTablePropagation: propagation } = options;
    if (association === 'enable' || propagation === 'enable') {
      const { id } = newTransitRouteTable(call, row.id, {});
      row.options = {
        ...options,
        associationDefaultRouteTableId: association === 'enable' ? id : undefined,
        propagationDefaultRouteTableId: propagation === 'enable' ? id : undefined,
      };
    }
    call.after(TRANSIT_MS, 'ec2.transit-gateway', { id: row.id, to: 'available' });
    return { TransitGateway: transitGatewayView(call, row) };
  },
});

function newOptions(given: TransitGatewayRequestOptions): TransitGatewayOptionsRow {
  const cidrBlocks = given.TransitGatewayCidrBlocks ?? [];
  checkGatewayBlocks(cidrBlocks);
  return {
    amazonSideAsn: checkAsn(given.AmazonSideAsn ?? 64_512),
    cidrBlocks: [...cidrBlocks],
    autoAcceptSharedAttachments: switchFrom(
      given.AutoAcceptSharedAttachments,
      'disable',
      'autoAcceptSharedAttachments',
    ),
    defaultRouteTableAssociation: switchFrom(
      given.DefaultRouteTableAssociation,
      'enable',
      'defaultRouteTableAssociation',
    ),
    associationDefaultRouteTableId: undefined,
    defaultRouteTablePropagation: switchFrom(
      given.DefaultRouteTablePropagation,
      'enable',
      'defaultRouteTablePropagation',
    ),
    propagationDefaultRouteTableId: undefined,
    vpnEcmpSupport: switchFrom(given.VpnEcmpSupport, 'enable', 'vpnEcmpSupport'),
    dnsSupport: switchFrom(given.DnsSupport, 'enable', 'dnsSupport'),
    securityGroupReferencingSupport: switchFrom(
      given.SecurityGroupReferencingSupport,
      'disable',
      'securityGroupReferencingSupport',
    ),
    multicastSupport: switchFrom(given.MulticastSupport, 'disable', 'multicastSupport'),
  };
}
