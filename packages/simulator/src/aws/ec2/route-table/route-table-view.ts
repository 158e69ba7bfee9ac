import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import type { RouteRow, RouteTableRow, VpcRow, Ec2State } from '../state.js';
import type { TagRow } from '../../state/given.js';
import type { Birthplace } from '../birthplace.js';
import type { NatGatewayRow } from '../nat-gateway/state.js';
import type { RegionState } from '../../state/aws-state.js';
import { tagList } from '../request/family.js';
import { routesOf } from '../vpc/vgw-routes.js';

/** The route that keeps traffic for one of a VPC's blocks inside it. */
export function localRoute(destination: string, kind: 'ipv4' | 'ipv6'): RouteRow {
  return { destination, kind, targetKind: 'local', targetId: 'local', origin: 'CreateRouteTable' };
}

/** Makes a route table with a local route for each of the VPC's blocks. */
export function newRouteTable(place: Birthplace, vpc: VpcRow, main: boolean, tags: TagRow): RouteTableRow {
  const row: RouteTableRow = {
    id: place.id('rtb-'),
    vpcId: vpc.id,
    ownerId: place.account,
    routes: [
      ...vpc.cidrBlocks.map(({ cidrBlock }) => localRoute(cidrBlock, 'ipv4')),
      ...vpc.ipv6CidrBlocks.map(({ cidrBlock }) => localRoute(cidrBlock, 'ipv6')),
    ],
    associations: main ? [{ id: place.id('rtbassoc-'), subnetId: undefined, gatewayId: undefined }] : [],
    tags,
  };
  place.ec2.routeTables.set(row.id, row);
  return row;
}

/** Whether this is its VPC's main table, which serves every subnet without a table of its own. */
export function isMain(table: RouteTableRow): boolean {
  return table.associations.some(isMainAssociation);
}

export function isMainAssociation(association: RouteTableRow['associations'][number]): boolean {
  return association.subnetId === undefined && association.gatewayId === undefined;
}

/** A route table as the API shows it. */
export function routeTableView(state: RegionState, row: RouteTableRow): RouteTable {
  const { ec2 } = state;
  return {
    RouteTableId: row.id,
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    Routes: routesOf(state, row).map((route) => routeView(ec2, row, route)),
    Associations: row.associations.map((association) => ({
      RouteTableAssociationId: association.id,
      RouteTableId: row.id,
      SubnetId: association.subnetId,
      GatewayId: association.gatewayId,
      Main: isMainAssociation(association),
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: (row.propagatingVgws ?? []).map((GatewayId) => ({ GatewayId })),
    Tags: tagList(row.tags),
  };
}

/** The member that names a route's target, by the target's kind. */
const TARGETS = {
  local: 'GatewayId',
  'internet-gateway': 'GatewayId',
  'virtual-private-gateway': 'GatewayId',
  'vpc-endpoint': 'GatewayId',
  'egress-only-gateway': 'EgressOnlyInternetGatewayId',
  'network-interface': 'NetworkInterfaceId',
  'vpc-peering-connection': 'VpcPeeringConnectionId',
  'nat-gateway': 'NatGatewayId',
  'transit-gateway': 'TransitGatewayId',
  'carrier-gateway': 'CarrierGatewayId',
  'local-gateway': 'LocalGatewayId',
  'core-network': 'CoreNetworkArn',
} as const;

const DESTINATIONS = {
  ipv4: 'DestinationCidrBlock',
  ipv6: 'DestinationIpv6CidrBlock',
  'prefix-list': 'DestinationPrefixListId',
} as const;

function routeView(ec2: Ec2State, table: RouteTableRow, route: RouteRow): Route {
  const attachment =
    route.targetKind === 'network-interface' ? ec2.interfaces.get(route.targetId)?.attachment : undefined;
  return {
    [DESTINATIONS[route.kind]]: route.destination,
    [TARGETS[route.targetKind]]: route.targetId,
    InstanceId: attachment?.InstanceId,
    InstanceOwnerId: attachment?.InstanceOwnerId,
    Origin: route.origin,
    State: routeState(ec2, table, route),
  };
}

/** A route whose target was deleted, or is detached, is a `blackhole`: its packets are dropped. */
export function routeState(ec2: Ec2State, table: RouteTableRow, route: RouteRow): 'active' | 'blackhole' {
  return isAlive(ec2, table, route) ? 'active' : 'blackhole';
}

function isAlive(ec2: Ec2State, table: RouteTableRow, { targetKind, targetId }: RouteRow): boolean {
  switch (targetKind) {
    case 'local':
      return true;
    case 'internet-gateway':
      return ec2.internetGateways.get(targetId)?.vpcId === table.vpcId;
    case 'egress-only-gateway':
      return ec2.egressOnlyGateways.get(targetId)?.vpcId === table.vpcId;
    case 'network-interface':
      return ec2.interfaces.get(targetId)?.attachment?.Status === 'attached';
    case 'vpc-peering-connection':
      return ec2.peerings.get(targetId)?.status === 'active';
    case 'transit-gateway':
      return isAttached(ec2, targetId, table.vpcId);
    case 'virtual-private-gateway':
      return ec2.vpnGateways.get(targetId)?.vpcId === table.vpcId;
    case 'nat-gateway': {
      const row = ec2.natGateways.get(targetId);
      return row === undefined || isUsable(row); // a loaded world has routes only
    }
    default:
      // Only a loaded world has the other kinds. The resources behind them are not simulated.
      return true;
  }
}

/** Whether packets can be routed to a NAT gateway, now or when it is available. */
export const isUsable = ({ fields: { State } }: NatGatewayRow): boolean => State === 'pending' || State === 'available';

/** Whether a VPC has an attachment to a transit gateway that works. */
export function isAttached(ec2: Ec2State, transitGatewayId: string, vpcId: string): boolean {
  return [...ec2.transitGatewayAttachments.values()].some(
    (row) => row.transitGatewayId === transitGatewayId && row.resourceId === vpcId && row.state === 'available',
  );
}
