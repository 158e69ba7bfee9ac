import type { RouteRow, RouteTableRow, VpcRow } from '../state.js';
import type { TagRow } from '../../state/tag-row.js';
import type { Birthplace } from '../birthplace.js';

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

/** Whether an association is that of the main table. */
export function isMainAssociation(association: RouteTableRow['associations'][number]): boolean {
  return association.subnetId === undefined && association.gatewayId === undefined;
}
