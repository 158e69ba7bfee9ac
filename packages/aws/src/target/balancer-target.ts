import { InvalidInputError, unlessGone, UnsupportedError, type TargetMethods } from '@postern/core/adapter';
import { getBalancerLink } from '../link/balancer-link.js';
import type { Session } from '../client/session.js';
import { resolveTarget, within } from './target.js';

/**
 * Targets behind VPC links V1 in the form of core's driver: the listeners of the load balancer that the link
 * was created for.
 */
export function balancerTargets(session: Session): TargetMethods {
  const resolve: TargetMethods['resolve'] = async (ref, { networkId, linkId }, ctx) => {
    if (!('listener' in ref)) {
      throw new UnsupportedError('a VPC link V1 supports only listeners of its Network Load Balancer as targets', {
        remedy: 'Write listener: { loadBalancer: <the NLB of the link>, port: <port> }.',
      });
    }
    const [target, link] = await Promise.all([
      resolveTarget(session, ref, ctx),
      linkId === undefined ? undefined : getBalancerLink(session, linkId, ctx),
    ]);
    const own = link?.targetArns;
    if (own !== undefined && !own.includes(target.resourceId ?? '')) {
      throw new InvalidInputError(
        'WRONG_KIND',
        `${target.id} is not a listener of the load balancer of link ${linkId}`,
        {
          remedy: `Write a listener of ${own.join(', ')}, or use another link: a VPC link V1 leads to one NLB.`,
          details: { loadBalancerId: target.resourceId, expected: own },
        },
      );
    }
    return within(target, networkId);
  };
  return {
    resolve,
    create: (linkId, ref, _owner, ctx) => resolve(ref, { linkId }, ctx),
    find: (_linkId, ref, ctx) => unlessGone(resolve(ref, {}, ctx)),
    update: (linkId, _id, ref, ctx) => resolve(ref, { linkId }, ctx),
    delete: () => Promise.resolve(),
  };
}
