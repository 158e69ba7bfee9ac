import type * as sdk from '@aws-sdk/client-direct-connect';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';
import { everywhere, isAsked, pageOf } from './list.js';
import { associationView, connectionView, virtualInterfaceView } from './views.js';
import { ServiceError } from '../operation/service-error.js';

const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'directconnect' });

/**
 * The operations of Direct Connect that are simulated.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const operations = family({
  DescribeConnections(call, input) {
    const rows = [...call.state.directConnect.connections.values()].filter(({ id }) => isAsked(id, input.connectionId));
    if (input.connectionId !== undefined && rows.length === 0) {
      throw new ServiceError(
        'DirectConnectClientException',
        `Could not find Connection with ID ${input.connectionId}`, // as Terraform's provider matches it
      );
    }
    const { items, next } = pageOf('DescribeConnections', rows, input);
    return { connections: items.map((row) => connectionView(call, row)), nextToken: next };
  },

  /** Virtual private gateways, as Direct Connect sees them: EC2's. */
  DescribeVirtualGateways: ({ state }) => ({
    virtualGateways: [...state.ec2.vpnGateways.values()].map((row) => ({
      virtualGatewayId: row.id,
      virtualGatewayState: row.state,
    })),
  }),

  /** An interface that does not exist is answered with none [U]. */
  DescribeVirtualInterfaces(call, input) {
    const rows = [...call.state.directConnect.virtualInterfaces.values()].filter(
      (row) => isAsked(row.id, input.virtualInterfaceId) && isAsked(row.connectionId, input.connectionId),
    );
    const { items, next } = pageOf('DescribeVirtualInterfaces', rows, input);
    return { virtualInterfaces: items.map((row) => virtualInterfaceView(call, row)), nextToken: next };
  },

  DescribeDirectConnectGateways(call, input) {
    const rows = everywhere(call, ({ gateways }) => gateways)
      .map(({ row }) => row)
      .filter(({ id }) => isAsked(id, input.directConnectGatewayId));
    const { items, next } = pageOf('DescribeDirectConnectGateways', rows, input);
    const directConnectGateways = items.map((row) => ({
      directConnectGatewayId: row.id,
      directConnectGatewayName: row.name,
      amazonSideAsn: row.amazonSideAsn,
      ownerAccount: row.ownerId,
      directConnectGatewayState: row.state,
      tags: [],
    }));
    return { directConnectGateways, nextToken: next };
  },

  /** One of the gateways, or an association, must be named. */
  DescribeDirectConnectGatewayAssociations(call, input) {
    const { associationId, associatedGatewayId, directConnectGatewayId, virtualGatewayId } = input;
    if (![associationId, associatedGatewayId, directConnectGatewayId, virtualGatewayId].some(Boolean)) {
      throw new ServiceError(
        'DirectConnectClientException',
        'One of associationId, associatedGatewayId, directConnectGatewayId and virtualGatewayId is required.', // [U]
      );
    }
    const rows = everywhere(call, ({ associations }) => associations)
      .map(({ row }) => row)
      .filter(
        (row) =>
          isAsked(row.id, associationId) &&
          isAsked(row.gatewayId, associatedGatewayId) &&
          isAsked(row.gatewayId, virtualGatewayId) &&
          isAsked(row.directConnectGatewayId, directConnectGatewayId),
      );
    const { items, next } = pageOf('DescribeDirectConnectGatewayAssociations', rows, input);
    return { directConnectGatewayAssociations: items.map((row) => associationView(call, row)), nextToken: next };
  },

  /** The virtual interfaces of a Direct Connect gateway. The gateway or the interface must be named. */
  DescribeDirectConnectGatewayAttachments(call, input) {
    const { directConnectGatewayId, virtualInterfaceId } = input;
    if (directConnectGatewayId === undefined && virtualInterfaceId === undefined) {
      throw new ServiceError(
        'DirectConnectClientException',
        'One of directConnectGatewayId and virtualInterfaceId is required.', // [U]
      );
    }
    const rows = everywhere(call, ({ virtualInterfaces }) => virtualInterfaces)
      .filter(({ row }) => row.directConnectGatewayId !== undefined)
      .filter(
        ({ row }) => isAsked(row.directConnectGatewayId, directConnectGatewayId) && isAsked(row.id, virtualInterfaceId),
      )
      .map(({ region, row }) => ({ ...row, region }));
    const { items, next } = pageOf('DescribeDirectConnectGatewayAttachments', rows, input);
    const directConnectGatewayAttachments = items.map((row) => ({
      directConnectGatewayId: row.directConnectGatewayId,
      virtualInterfaceId: row.id,
      virtualInterfaceRegion: row.region,
      virtualInterfaceOwnerAccount: row.ownerId,
      attachmentState: 'attached' as const,
      attachmentType:
        row.type === 'transit' ? ('TransitVirtualInterface' as const) : ('PrivateVirtualInterface' as const),
    }));
    return { directConnectGatewayAttachments, nextToken: next };
  },
});
