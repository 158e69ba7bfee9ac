import type { RouteEntry } from '@postern/core';
import { usableCount } from '../network/addresses.js';
import type { RouteEntryRow } from '../state/network-state.js';
import { madeId, type Building } from './building.js';

/** The words of CreateRouteEntry for next hops whose own word is not known. */
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

/** VPCs, their route tables and vSwitches. Free addresses are as many as the snapshot says, whoever holds the others. */
export function addNetworks(building: Building): void {
  const { snapshot, state, now, lack } = building;
  const { vpcs, vSwitches, routeTables } = state.network;
  const tables = snapshot.routeTables ?? [];
  for (const network of snapshot.networks) {
    const [cidrBlock = '', ...secondaryCidrBlocks] = network.cidrBlocks;
    const main = tables.find((table) => table.networkId === network.id && table.main);
    vpcs.set(network.id, {
      id: network.id,
      cidrBlock,
      secondaryCidrBlocks,
      ipv6CidrBlocks: network.ipv6CidrBlocks,
      ownerId: network.account === snapshot.account ? undefined : network.account,
      name: network.name ?? '',
      description: '',
      routerId: madeId('vrt', network.id),
      routeTableId: main?.id ?? madeId('vtb', network.id),
      createdAt: now,
      tags: { ...network.tags },
    });
  }
  for (const table of tables) {
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
  for (const subnet of snapshot.subnets) {
    const usable = usableCount(subnet.cidrBlock);
    vSwitches.set(subnet.id, {
      id: subnet.id,
      vpcId: subnet.networkId,
      zoneId: subnet.zone,
      cidrBlock: subnet.cidrBlock,
      ipv6CidrBlock: subnet.ipv6CidrBlocks?.[0],
      ownerId: subnet.account === snapshot.account ? undefined : subnet.account,
      name: subnet.name ?? '',
      description: '',
      routeTableId: subnet.routeTableId ?? vpcs.get(subnet.networkId)?.routeTableId ?? '',
      networkAclId: subnet.networkAclId ?? undefined,
      usedAddresses: subnet.freeAddresses === undefined ? 0 : usable - subnet.freeAddresses,
      createdAt: now,
      tags: { ...subnet.tags },
    });
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
