import type { LinkKindRules } from '../../kinds/link/link-kind.js';
import { namedBy } from '../../kinds/target-ref.js';
import type { Target, TargetRef } from '../../model/target.js';
import type { RegionIndex } from '../views.js';

/**
 * The targets of a kind that one link has and that a reference means: those with exactly its endpoints. Of a machine or a
 * load balancer these are its address and the port. None where the link does not exist, or its kind has no rule for them.
 */
export function ownCandidates(
  region: RegionIndex,
  kind: Target['kind'],
  { endpointsOf }: Pick<LinkKindRules, 'endpointsOf'>,
  linkId: string | undefined,
  ref: TargetRef,
): readonly Target[] {
  if (linkId === undefined || endpointsOf === undefined || !('port' in ref)) return [];
  const there = region.group('targets', 'link', (one) => [one.linkId]).get(linkId) ?? [];
  const wanted = endpointsKey(endpointsOf(ref, (id) => addressOf(region, id)));
  return there.filter(
    (one) =>
      one.kind === kind &&
      one.port === ref.port &&
      (endpointsKey(one.endpoints ?? []) === wanted || one.resourceId === namedBy(ref)),
  );
}

/** The address at which a machine or a load balancer is called, where it was read. */
function addressOf(region: RegionIndex, id: string): string | undefined {
  const instance = region.find('instances', id);
  if (instance.is === 'found') return instance.value.addresses[0];
  const balancer = region.find('loadBalancers', id);
  return balancer.is === 'found' ? balancer.value.addresses?.[0] : undefined;
}

function endpointsKey(endpoints: readonly string[]): string {
  return endpoints.toSorted().join(' ');
}
