import type { RouteEntry } from '@postern/core/snapshot';
import type { RouteEntryRow } from '../vpc/state.js';
import { madeId, type Building } from './building.js';

/** The type names of CreateRouteEntry for next hops whose own type is not known. */
const HOP_WORDS: Readonly<Partial<Record<RouteEntry['nextHop']['kind'], string>>> = {
  peering: 'VpcPeer',
  'transit-gateway': 'Attachment',
  'vpn-gateway': 'VpnGateway',
  'virtual-gateway': 'VpnGateway',
  'express-connect': 'RouterInterface',
  interface: 'NetworkInterface',
  instance: 'Instance',
  nat: 'NatGateway',
  internet: 'Ipv4Gateway',
  endpoint: 'GatewayEndpoint',
};

/** Route tables with their entries. A VPC whose own table was not read gets an empty one. */
export function loadRouteTables({ snapshot, state, now, lack }: Building): void {
  const { vpcs, routeTables } = state.network;
  for (const table of snapshot.routeTables ?? []) {
    if (table.routes === undefined) lack(`the entries of route table ${table.id}`);
    routeTables.set(table.id, {
      id: table.id,
      vpcId: table.networkId,
      kind: table.main ? 'System' : 'Custom',
      name: '',
      description: '',
      // Those to vSwitches and to the cloud's own services follow from the VPC.
      entries: (table.routes ?? []).filter(({ origin }) => origin !== 'local').map((route) => entryOf(table.id, route)),
      createdAt: now,
      tags: {},
    });
  }
  for (const { id: vpcId, routeTableId } of vpcs.values()) {
    if (routeTables.has(routeTableId)) continue;
    const row = { id: routeTableId, vpcId, kind: 'System' as const, name: '', description: '' };
    routeTables.set(routeTableId, { ...row, entries: [], createdAt: now, tags: {} });
  }
}

function entryOf(tableId: string, route: RouteEntry): RouteEntryRow {
  const { nextHop, cidrBlock, prefixListId, state, origin } = route;
  const destinationCidrBlock = cidrBlock ?? prefixListId ?? '';
  const of = `${tableId} ${destinationCidrBlock} ${nextHop.id ?? ''}`;
  return {
    id: madeId('rte', of),
    destinationCidrBlock,
    nextHopType: nextHop.native ?? HOP_WORDS[nextHop.kind] ?? '',
    nextHopId: nextHop.id ?? '',
    name: '',
    description: '',
    ...(origin === 'propagated' ? { type: nextHop.native === 'Ecr' ? 'ECR' : 'CEN' } : {}),
    ...(state === 'unknown' ? { status: 'Pending' } : {}),
    ...(state === 'blackhole' ? { enabled: false } : {}),
  };
}
