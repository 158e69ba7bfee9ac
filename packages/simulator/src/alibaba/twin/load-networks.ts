import { usableCount } from '../vpc/addresses.js';
import { madeId, type Building } from './building.js';

/** VPCs and vSwitches. The number of free addresses is the snapshot's, whatever uses the others. */
export function loadNetworks(building: Building): void {
  const { snapshot, state, now } = building;
  const { vpcs, vSwitches } = state.network;
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
