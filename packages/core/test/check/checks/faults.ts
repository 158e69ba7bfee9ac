import type { Draft, World } from './world.js';
import type { NetworkAcl } from '../../../src/do/model/routing.js';
import type { SecurityGroup } from '../../../src/do/model/network.js';

/** A fault of a world, or an unusual setting in it. */
export type Fault = readonly [name: string, change: (world: World) => void];

export const VIA = { state: 'active', origin: 'static' } as const;
export const ANY = { fromPort: 0, toPort: 65_535, cidrBlock: '0.0.0.0/0' } as const;

export function aclOf(
  id: string,
  entries: readonly Partial<NonNullable<NetworkAcl['entries']>[number]>[],
): Draft<NetworkAcl> {
  return {
    id,
    networkId: 'vpc-1',
    entries: entries.map((entry, index) => ({
      direction: 'in',
      order: index + 1,
      action: 'allow',
      protocol: 'all',
      ...ANY,
      ...entry,
    })),
    raw: null,
  };
}

/** Puts a network ACL on a subnet. */
export function behindAcl(world: World, subnetId: string, acl: Draft<NetworkAcl>): void {
  world.region.networkAcls?.push({ ...acl, networkId: world.the('subnets', subnetId).networkId });
  world.the('subnets', subnetId).networkAclId = acl.id;
}

/** Gives a subnet its own route table: the local route, and some others. */
export function ownRoutes(
  world: World,
  subnetId: string,
  routes: Draft<NonNullable<World['region']['routeTables']>>[number]['routes'],
): void {
  const [table] = world.region.routeTables ?? [];
  const id = `rtb-${subnetId}`;
  world.region.routeTables?.push({
    id,
    networkId: table?.networkId ?? '',
    main: false,
    routes: [...(table?.routes ?? []), ...(routes ?? [])],
    raw: null,
  });
  world.the('subnets', subnetId).routeTableId = id;
}

export function groupLike(world: World, id: string, like: string, changes: Partial<Draft<SecurityGroup>>): void {
  world.copy('securityGroups', like, { id, ...changes });
}
