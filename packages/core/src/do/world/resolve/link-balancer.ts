import { nearest } from '../../../ground/text/nearest.js';
import { isBalancerId } from '../../kinds/id-kinds.js';
import { unknownBecause } from '../index/look-up.js';
import type { RegionIndex, Unresolved } from '../views.js';
import type { NamedResources } from './own-link.js';

/** The load balancer that a link is made for, by its ID or name. */
export function resolveBalancer(
  region: RegionIndex,
  name: string,
  wanted: string,
  troubles: Unresolved[],
): NamedResources {
  const path = `links.${name}.loadBalancer`;
  const named = region.group('loadBalancers', 'id or name', ({ id, name: own }) => [id, own]).get(wanted) ?? [];
  const [found] = named;
  if (found !== undefined) return { ids: [found.id], absent: [] };

  const missing = region.missing('loadBalancers');
  const isId = isBalancerId(region.clouds, region.region.provider, wanted);
  if (missing?.failed === true) {
    troubles.push(unknownBecause(missing, path, `cannot determine whether load balancer ${wanted} exists`));
    return { ids: isId ? [wanted] : [], absent: [], unread: missing, missing: isId ? undefined : missing };
  }

  const similar = nearest(
    wanted,
    region.all('loadBalancers').items.map((one) => one.name),
  );
  troubles.push({
    verdict: 'fail',
    code: 'NOT_FOUND',
    path,
    message: `load balancer ${wanted} does not exist in ${region.region.region}`,
    remedy:
      similar === undefined
        ? 'Create it first, or correct the name or ID. Postern never creates load balancers.'
        : `Did you mean ${similar}?`,
  });
  return { ids: [], absent: isId ? [wanted] : [] };
}

/** The network of the first of some load balancers that is known. */
export function balancerNetwork(region: RegionIndex, ids: readonly string[] = []): string | undefined {
  for (const id of ids) {
    const balancer = region.find('loadBalancers', id);
    if (balancer.is === 'found') return balancer.value.networkId;
  }
  return undefined;
}
