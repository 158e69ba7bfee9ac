import type {
  CallContext,
  Gaps,
  Gateway,
  Link,
  NetworkInterface,
  RegionSnapshot,
  SeenBy,
  Subnet,
} from '@postern/core/adapter';
import type { NetworkInterfaceOutput } from '../apis/ec2-api.js';
import { listBalancerInterfaces, seenThroughBalancer, toBalancerEgress } from '../link/balancer-egress.js';
import { toEgress } from '../link/egress.js';
import {
  isLinkInterface,
  linkOfInterface,
  listInterfaces,
  listLinkInterfaces,
  toInterface,
} from '../network/network-interface.js';
import { targetIdsOf } from './gateways.js';
import { seenBy } from '../link/seen-by.js';
import type { Session } from '../client/session.js';

/** The interfaces of links, and the source addresses of the links' calls. */
export async function observeEgress(
  session: Session,
  { links, subnets, gateways }: Pick<RegionSnapshot, 'links' | 'subnets' | 'gateways'>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'egress' | 'interfaces'>> {
  if (links.length === 0) return { egress: [], interfaces: [] };
  const wanted = { what: 'network interfaces of VPC links', of: 'interfaces' } as const;
  const interfaces = await gaps.attempt(wanted, () => interfacesOf(session, links, ctx));
  if (interfaces === undefined) return { egress: [], interfaces: [] };
  const rows = await gaps.attempt({ what: 'what targets see', of: 'egress' }, () =>
    seenBy(session, targetIdsOf(gateways), ctx),
  );
  return {
    interfaces: toInterfaces(session, interfaces, links),
    egress: egressOf(session, links, subnets, gateways, interfaces, rows ?? []),
  };
}

/** The interfaces of V2 links, and of the load balancers of V1 links. */
async function interfacesOf(
  session: Session,
  links: readonly Link[],
  ctx: CallContext,
): Promise<readonly NetworkInterfaceOutput[]> {
  const placed = links.filter(({ kind }) => kind !== 'vpc-link-v1');
  const networkIds = [...new Set(placed.flatMap(({ networkId }) => networkId ?? []))];
  const lists = await Promise.all([
    placed.length === 0 ? [] : listLinkInterfaces(session, networkIds, ctx),
    listBalancerInterfaces(
      session,
      links.flatMap(({ loadBalancerIds = [] }) => loadBalancerIds),
      ctx,
    ),
  ]);
  return lists.flat();
}

/** All network interfaces of the region, those that services manage included. `undefined` for a gap. */
export function observeInterfaces(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly NetworkInterfaceOutput[] | undefined> {
  const what = 'network interfaces';
  return gaps.attempt({ what, of: ['interfaces', 'egress'] }, () => listInterfaces(session, what, [], ctx));
}

/** Interfaces in the portable form, those of links with the link. */
export function toInterfaces(
  session: Session,
  interfaces: readonly NetworkInterfaceOutput[],
  links: readonly Link[],
): readonly NetworkInterface[] {
  return interfaces.map((one) =>
    toInterface(one, isLinkInterface(one) ? linkOfInterface(one, links) : undefined, session),
  );
}

/** The source addresses of the calls of each link; `rows` contain what targets see. */
export function egressOf(
  session: Session,
  links: readonly Link[],
  subnets: readonly Subnet[],
  gateways: readonly Gateway[],
  interfaces: readonly NetworkInterfaceOutput[],
  rows: readonly SeenBy[],
): RegionSnapshot['egress'] {
  const own = interfaces.filter(isLinkInterface);
  return links.map((link) => {
    const reached = new Set(
      gateways.flatMap(({ integrations }) =>
        (integrations ?? []).filter(({ linkId }) => linkId === link.id).map(({ targetId }) => targetId),
      ),
    );
    if (link.kind === 'vpc-link-v1') {
      const targetIds = [...reached].flatMap((id) => id ?? []);
      return { ...toBalancerEgress(session, link, interfaces), seenBy: seenThroughBalancer(targetIds) };
    }
    return { ...toEgress(link, links, subnets, own), seenBy: rows.filter(({ target }) => reached.has(target)) };
  });
}
