import type { SnapshotList } from '../../../src/do/snapshot/snapshot.js';
import { type World, withhold } from './world.js';
import { edit } from './edits.js';

/** A fact that a snapshot may lack, and that is then not known. */
export type Loss = (world: World) => void;

/** Members of items that are undefined where they were not read. */
const DETAILS: readonly (readonly [SnapshotList, readonly string[]])[] = [
  ['routeTables', ['routes']],
  ['networkAcls', ['entries']],
  ['prefixLists', ['cidrBlocks']],
  ['transitGateways', ['attachments']],
  ['transitGateways', ['routeTables']],
  ['virtualGateways', ['connections']],
  ['targetGroups', ['targets']],
  ['targetGroups', ['crossZone', 'preservesClientAddress', 'deregistrationDelayMs', 'closesAfterDelay']],
  ['listeners', ['actions', 'rules']],
  ['listeners', ['actions', 'rules', 'accessControl']],
  ['listeners', ['rules']],
  ['listeners', ['certificateIds']],
  ['loadBalancers', ['crossZone', 'privateLinkEnforced']],
  ['loadBalancers', ['active', 'state', 'scheme', 'addresses']],
  ['services', ['instances']],
  ['customDomains', ['mappings']],
  ['subnets', ['routeTableId']],
  ['subnets', ['networkAclId']],
  ['subnets', ['freeAddresses', 'account']],
];

/** Every fact that a snapshot of the world could lack. */
export function lossesOf({ region }: World): readonly (readonly [string, Loss])[] {
  const losses: (readonly [string, Loss])[] = [];
  for (const [name, list] of Object.entries(region)) {
    if (!Array.isArray(list) || ['gaps', 'whole', 'retirement'].includes(name)) continue;
    const of = name as SnapshotList;
    losses.push([of, withhold(of, `svc:${of}`)]);
    for (const { id } of list as { id?: string }[]) {
      if (id === undefined) continue;
      losses.push([
        `${of} ${id}`,
        (world) => {
          if (world.region[of] !== undefined) world.withhold(of, `svc:${of}`, id);
        },
      ]);
    }
  }
  losses.push([
    'quotas',
    edit({ quotas: {}, 'gaps.+': { what: 'quotas', operation: 'q', code: 'PERMISSION_DENIED', of: 'quotas' } }),
  ]);
  for (const [of, members] of DETAILS) {
    for (const { id } of (region[of] ?? []) as readonly { id: string }[]) {
      losses.push([
        `${members.join(' and ')} of ${id}`,
        (world) => {
          // Two faults may have created the same item.
          for (const item of (world.region[of] ?? []) as Record<string, unknown>[]) {
            if (item['id'] === id) for (const member of members) delete item[member];
          }
          world.region.gaps.push({ what: id, operation: 'd', code: 'PERMISSION_DENIED', permission: 'svc:d', of, id });
        },
      ]);
    }
  }
  return losses;
}
