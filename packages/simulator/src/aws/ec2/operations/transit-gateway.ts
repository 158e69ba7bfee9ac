import type { ModifyTransitGatewayOptions, TransitGatewayRequestOptions } from '@aws-sdk/client-ec2';
import { shownFilters } from '../request/filters.js';
import { invalidValue, need, refuse } from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { ID } from '../request/ids.js';
import { tagsFrom } from '../request/tags.js';
import {
  getTransitGateway,
  getTransitRouteTable,
  newTransitRouteTable,
  TRANSIT_MS,
} from '../transit-gateway/transit-gateways.js';
import { checkAsn, checkGatewayBlocks, switchFrom } from '../transit-gateway/transit-interfaces.js';
import { transitGatewayView } from '../transit-gateway/transit-views.js';
import { ServiceError } from '../../operation/operation.js';
import type { TransitGatewayOptionsRow, TransitGatewayRow } from '../transit-gateway/state.js';

const FILTERS = `options.amazon-side-asn options.association-default-route-table-id options.auto-accept-shared-attachments
  options.default-route-table-association options.default-route-table-propagation options.dns-support
  options.propagation-default-route-table-id options.vpn-ecmp-support owner-id state transit-gateway-id`;

/** Transit gateways. */
export const transitGatewayOperations = family({
  /** Makes a transit gateway, with a table of its own where attachments are associated or propagated by themselves. */
  CreateTransitGateway(call, input) {
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

  ModifyTransitGateway(call, input) {
    const { ec2 } = call.state;
    const row = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const options = input.Options ?? {};
    refuse(options, ['EncryptionSupport']);
    const changed = changedOptions(row.options, options);
    for (const id of [options.AssociationDefaultRouteTableId, options.PropagationDefaultRouteTableId]) {
      if (id !== undefined && getTransitRouteTable(ec2, id).transitGatewayId !== row.id) {
        throw invalidValue(`Transit Gateway Route Table ${id} does not belong to ${row.id}.`); // [U]
      }
    }
    row.options = changed;
    row.description = input.Description ?? row.description;
    return { TransitGateway: { ...transitGatewayView(call, row), State: 'modifying' } };
  },

  /** Deletes a gateway without attachments, with its tables. */
  DeleteTransitGateway(call, input) {
    const { ec2 } = call.state;
    const row = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const attached = [...ec2.transitGatewayAttachments.values()].filter(
      ({ transitGatewayId, state }) => transitGatewayId === row.id && state !== 'deleted' && state !== 'rejected',
    );
    for (const [type, noun] of [
      ['vpc', 'VPC'],
      ['vpn', 'VPN'],
      ['direct-connect-gateway', 'DirectConnect Gateway'],
    ]) {
      const ids = attached.filter(({ resourceType }) => resourceType === type).map(({ id }) => id);
      if (ids.length === 0) continue;
      throw new ServiceError('IncorrectState', `${row.id} has non-deleted ${noun} Attachments: ${ids.join(', ')}.`);
    }
    for (const table of ec2.transitGatewayRouteTables.values()) {
      if (table.transitGatewayId === row.id) ec2.transitGatewayRouteTables.delete(table.id);
    }
    row.state = 'deleting';
    call.after(TRANSIT_MS, 'ec2.transit-gateway', { id: row.id, to: 'deleted' });
    return { TransitGateway: transitGatewayView(call, row) };
  },

  DescribeTransitGateways: listing({
    rows: (ec2) => ec2.transitGateways,
    ids: ['TransitGatewayIds', ID.transitGateway],
    as: 'TransitGateways',
    view: (row, call) => transitGatewayView(call, row),
    filters: (call) => shownFilters(FILTERS, (row) => transitGatewayView(call, row)),
  }),
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

function changedOptions(row: TransitGatewayOptionsRow, given: ModifyTransitGatewayOptions): TransitGatewayOptionsRow {
  const removed = given.RemoveTransitGatewayCidrBlocks ?? [];
  const added = given.AddTransitGatewayCidrBlocks ?? [];
  checkGatewayBlocks(added);
  const association = given.AssociationDefaultRouteTableId ?? row.associationDefaultRouteTableId;
  const propagation = given.PropagationDefaultRouteTableId ?? row.propagationDefaultRouteTableId;
  const associates = switchFrom(
    given.DefaultRouteTableAssociation,
    row.defaultRouteTableAssociation,
    'defaultRouteTableAssociation',
  );
  const propagates = switchFrom(
    given.DefaultRouteTablePropagation,
    row.defaultRouteTablePropagation,
    'defaultRouteTablePropagation',
  );
  return {
    ...row,
    amazonSideAsn: checkAsn(given.AmazonSideAsn ?? row.amazonSideAsn),
    cidrBlocks: [...row.cidrBlocks.filter((block) => !removed.includes(block)), ...added],
    autoAcceptSharedAttachments: switchFrom(
      given.AutoAcceptSharedAttachments,
      row.autoAcceptSharedAttachments,
      'autoAcceptSharedAttachments',
    ),
    defaultRouteTableAssociation: associates,
    associationDefaultRouteTableId: associates === 'enable' ? association : undefined,
    defaultRouteTablePropagation: propagates,
    propagationDefaultRouteTableId: propagates === 'enable' ? propagation : undefined,
    vpnEcmpSupport: switchFrom(given.VpnEcmpSupport, row.vpnEcmpSupport, 'vpnEcmpSupport'),
    dnsSupport: switchFrom(given.DnsSupport, row.dnsSupport, 'dnsSupport'),
    securityGroupReferencingSupport: switchFrom(
      given.SecurityGroupReferencingSupport,
      row.securityGroupReferencingSupport,
      'securityGroupReferencingSupport',
    ),
  };
}
