import type { Gaps, SeenBy, CallContext, Link, RegionSnapshot } from '@postern/core/internal/adapter';
import type { Gateway, NetworkInterface, Subnet } from '@postern/core/internal/snapshot';
import { groupedPairs } from '@postern/core/internal/kinds';
import type { NetworkInterfaceOutput } from '../sdk-types.js';
import {
  listBalancerInterfaces,
  seenThroughBalancer,
  sourceAddressesOf,
  toBalancerEgress,
  toEgress,
} from '../vpc-links/door/egress.js';
import {
  interfaceOwners,
  isLinkInterface,
  listInterfaces,
  listLinkInterfaces,
  toInterface,
} from '../networks/network-interface.js';
import { targetIdsOf } from './gateways.js';
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
    sourceAddressesOf(session, targetIdsOf(gateways), ctx),
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
  const ownerOf = interfaceOwners(links);
  return interfaces.map((one) => toInterface(one, isLinkInterface(one) ? ownerOf(one) : undefined, session));
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
  const ownerOf = interfaceOwners(links);
  const own = groupedPairs(interfaces.filter(isLinkInterface).map((one) => [ownerOf(one), one] as const));
  const targets = groupedPairs(
    gateways.flatMap(({ integrations = [] }) =>
      integrations.map(({ linkId, targetId }) => [linkId, targetId] as const),
    ),
  );
  return links.map((link) => {
    const reached = new Set(targets.get(link.id));
    if (link.kind === 'vpc-link-v1') {
      const targetIds = [...reached].flatMap((id) => id ?? []);
      return { ...toBalancerEgress(session, link, interfaces), seenBy: seenThroughBalancer(targetIds) };
    }

    const seen = rows.filter(({ target }) => reached.has(target));
    return { ...toEgress(link, subnets, own.get(link.id) ?? []), seenBy: seen };
  });
}
