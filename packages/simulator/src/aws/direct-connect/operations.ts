import type * as sdk from '@aws-sdk/client-direct-connect';
import type { DirectConnectGatewayAssociation, VirtualInterface } from '@aws-sdk/client-direct-connect';
import { type AwsCall, type AnyOperation, ServiceError } from '../operation/operation.js';
import type { DirectConnectAssociationRow, VirtualInterfaceRow, DirectConnectState } from './state.js';
import { page, familyOf, type GivenFamily } from '../operation/family.js';

/** A virtual interface as the API shows it. What the other end announces is not among it. */
function virtualInterfaceView({ state, region }: AwsCall, row: VirtualInterfaceRow): VirtualInterface {
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
function associationView({ account }: AwsCall, row: DirectConnectAssociationRow): DirectConnectGatewayAssociation {
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

/** The largest page. A larger requested size is cut to it. */
const LARGEST_PAGE = 100;

/** The members that Direct Connect's lists have in common. */
interface ListInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * Cuts a page out of a list.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeVirtualInterfaces.html (maxResults)
 * @throws {ServiceError} `DirectConnectClientException`.
 */
function pageOf<R extends { readonly id: string }>(
  list: string,
  rows: readonly R[],
  { maxResults, nextToken }: ListInput,
): { readonly items: readonly R[]; readonly next: string | undefined } {
  return page(
    rows,
    { size: maxResults, token: nextToken },
    { service: 'directconnect', list, largest: LARGEST_PAGE, clamp: true, key: ({ id }) => id },
  );
}

/** Gateways are global: each region's rows are seen from every region. */
function everywhere<R>(
  { aws }: AwsCall,
  part: (state: DirectConnectState) => ReadonlyMap<string, R>,
): { readonly region: string; readonly row: R }[] {
  return [...aws.regions.values()].flatMap(({ name, directConnect }) =>
    [...part(directConnect).values()].map((row) => ({ region: name, row })),
  );
}

/** Whether a row has the value that a caller asks for, if any. */
function isAsked<T>(value: T, asked: T | undefined): boolean {
  return asked === undefined || asked === value;
}

const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'directconnect' });

/**
 * The operations of Direct Connect that are simulated.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const operations = family({
  /** An interface that does not exist is answered with none [U]. */
  DescribeVirtualInterfaces(call, input) {
    const rows = [...call.state.directConnect.virtualInterfaces.values()].filter(
      (row) => isAsked(row.id, input.virtualInterfaceId) && isAsked(row.connectionId, input.connectionId),
    );
    const { items, next } = pageOf('DescribeVirtualInterfaces', rows, input);
    return { virtualInterfaces: items.map((row) => virtualInterfaceView(call, row)), nextToken: next };
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
});
