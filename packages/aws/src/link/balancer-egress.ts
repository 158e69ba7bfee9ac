import type { CallContext, Egress, Link } from '@postern/core';
import { CloudError, type SeenBy } from '@postern/core/adapter';
import { formatPrefix, parsePrefix } from '@postern/core/cidr';
import type { NetworkInterfaceOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { listInterfaces, toInterface } from '../network/network-interface.js';
import { getBalancerLink, toBalancerLink } from './balancer-link.js';

/**
 * What the targets of a V1 link see. Its calls pass AWS PrivateLink, and the load balancer then replaces their
 * source by its own address. Client IP preservation has no effect on them.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
const BECAUSE =
  'Calls pass AWS PrivateLink, so the targets see the addresses of the load balancer. Client IP preservation has no effect.';

/** What the targets with these IDs see of a V1 link. */
export function seenThroughBalancer(targetIds: readonly string[]): readonly SeenBy[] {
  return [...new Set(targetIds)].toSorted().map((target) => ({ target, source: 'load-balancer', because: BECAUSE }));
}

/**
 * The source addresses of a V1 link's calls: those of its load balancer's interfaces, which stay for as long
 * as the load balancer has its subnets.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readBalancerEgress(session: Session, linkId: string, ctx: CallContext): Promise<Egress> {
  const found = await getBalancerLink(session, linkId, ctx);
  if (found === undefined) {
    throw new CloudError('NOT_FOUND', `VPC link ${linkId} does not exist`, { operation: 'GetVpcLink' });
  }
  const link = toBalancerLink(found, undefined);
  const interfaces = await listBalancerInterfaces(session, link.loadBalancerIds ?? [], ctx);
  return { ...toBalancerEgress(session, link, interfaces), seenBy: seenThroughBalancer(['network load balancer']) };
}

/**
 * The interfaces of load balancers. EC2 shows whose they are only in their description.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancer-target-groups.html (finding its interfaces)
 */
export async function listBalancerInterfaces(
  session: Session,
  loadBalancerArns: readonly string[],
  ctx: CallContext,
): Promise<readonly NetworkInterfaceOutput[]> {
  const Values = loadBalancerArns.flatMap((arn) => {
    const [, path] = /:loadbalancer\/(.+)$/.exec(arn) ?? [];
    return path === undefined ? [] : [`ELB ${path}`];
  });
  if (Values.length === 0) return [];
  return listInterfaces(session, 'network interfaces of load balancers', [{ Name: 'description', Values }], ctx);
}

/** A V1 link's egress from the interfaces of load balancers, without what its targets see. */
export function toBalancerEgress(
  session: Session,
  { id, loadBalancerIds = [] }: Pick<Link, 'id' | 'loadBalancerIds'>,
  interfaces: readonly NetworkInterfaceOutput[],
): Egress {
  const own = interfaces
    .map((one) => toInterface(one, undefined, session))
    .filter(({ attachedTo }) => attachedTo !== undefined && loadBalancerIds.includes(attachedTo));
  const addresses = own.flatMap((one) => one.addresses);
  return {
    linkId: id,
    addresses,
    prefixes: addresses.map((address) => formatPrefix(parsePrefix(`${address}/${address.includes(':') ? 128 : 32}`))),
    securityGroupIds: [...new Set(own.flatMap(({ securityGroupIds }) => securityGroupIds))],
    stability: 'stable',
    seenBy: [],
  };
}
