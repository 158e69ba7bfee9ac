import type { GroupTarget } from '../../do/model/load-balancer.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';

/**
 * What a plan creates counts as at work: a target as healthy, but for one that gets no calls, an interface as in use. What was there before keeps its health. Addresses that
 * the cloud gives to load balancers and links are its choice, and are left out, but for those that the plan writes.
 */
export function asNew(
  base: RegionSnapshot,
  region: RegionSnapshot,
  isWritten: (address: string) => boolean,
): RegionSnapshot {
  const isNew = newIn(base);
  const health = new Map(
    (base.targetGroups ?? []).flatMap(({ id, targets = [] }) => targets.map((one) => [keyOf(id, one), one])),
  );
  const targetGroups = region.targetGroups?.map((group) => ({
    ...group,
    targets: group.targets?.map((one): GroupTarget => {
      const known = health.get(keyOf(group.id, one));
      if (known === undefined && one.health === 'unused') return one;

      const { reason: _reason, ...target } = { reason: undefined, ...one };
      return known === undefined ? { ...target, health: 'healthy' } : { ...one, health: known.health };
    }),
  }));
  const owners = new Set([...region.loadBalancers, ...region.links].map(({ id }) => id).filter(isNew));
  const isOfCloud = ({ linkId = '', attachedTo = '' }: RegionSnapshot['interfaces'][number]): boolean =>
    owners.has(linkId) || owners.has(attachedTo);
  const interfaces = region.interfaces
    .filter((one) => !isNew(one.id) || !isOfCloud(one) || one.addresses.some(isWritten))
    .map((one) => (isNew(one.id) && one.inUse === false ? { ...one, inUse: undefined } : one));
  const egress = region.egress.map((one) => (isNew(one.linkId) ? { ...one, addresses: [] } : one));
  return { ...region, ...(targetGroups && { targetGroups }), interfaces, egress } as RegionSnapshot;
}

/** Whether a region does not have an ID. */
function newIn({ interfaces, loadBalancers, links }: RegionSnapshot): (id: string) => boolean {
  const known = new Set([...interfaces, ...loadBalancers, ...links].map(({ id }) => id));
  return (id) => !known.has(id);
}

function keyOf(group: string, { id, port }: GroupTarget): string {
  return `${group} ${id} ${port}`;
}
