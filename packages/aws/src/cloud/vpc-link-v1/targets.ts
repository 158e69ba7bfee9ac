import { InvalidInputError, UnsupportedError, type PosternError, type TargetPlace } from '@postern/core/kinds';
import type { TargetRef, RegionSnapshot } from '@postern/core';
import { listenerRefusals } from '../vpc-link-v2/targets.js';

/**
 * Why a reference is never valid through a VPC link V1, from a snapshot alone: a link leads to listeners of its one NLB.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 */
export function balancerTargetRefusals(
  ref: TargetRef,
  place: TargetPlace,
  region: RegionSnapshot,
): readonly PosternError[] {
  if (!('listener' in ref)) {
    return [
      new UnsupportedError('a VPC link V1 supports only listeners of its Network Load Balancer as targets', {
        remedy: 'Write listener: { loadBalancer: <the NLB of the link>, port: <port> }.',
      }),
    ];
  }
  return [...listenerRefusals(ref, place, region), ...otherBalancer(place)];
}

function otherBalancer({ target, loadBalancerIds }: TargetPlace): readonly PosternError[] {
  const balancer = target?.resourceId;
  // Without an ID, the load balancer of the link was not found, and the link reports it.
  if (balancer === undefined || loadBalancerIds === undefined || loadBalancerIds.length === 0) return [];
  if (loadBalancerIds.includes(balancer)) return [];
  return [
    new InvalidInputError('WRONG_KIND', `${target?.id} is not a listener of the load balancer that the link leads to`, {
      remedy: `Write a listener of ${loadBalancerIds.join(', ')}, or use another link: a VPC link V1 leads to one NLB.`,
      details: { loadBalancerId: balancer, expected: loadBalancerIds },
    }),
  ];
}
