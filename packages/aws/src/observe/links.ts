import type { Gaps, Scope, CallContext, Link, LinkKind } from '@postern/core/internal/adapter';
import type { SecurityGroup, Subnet } from '@postern/core/internal/snapshot';
import { listBalancerLinks, listVpcLinks, toBalancerLink, toLink } from '../vpc-links/door/links.js';
import type { ReadBalancer } from '../load-balancing/load-balancer.js';
import type { Session } from '../client/session.js';
import { networksOf, onlyNetwork } from '../networks/subnet.js';
import type { Backends } from '../gateways/integration-target.js';
import type { GatewayRead } from '../gateways/gateway-reader.js';

/** The lists by kind, each without the networks of its links: no list of API Gateway has them. */
const LISTS: readonly (readonly [LinkKind, (session: Session, ctx: CallContext) => Promise<readonly Link[]>])[] = [
  ['vpc-link-v2', async (session, ctx) => (await listVpcLinks(session, ctx)).map((link) => toLink(link, undefined))],
  ['vpc-link-v1', readBalancerLinks],
];

async function readBalancerLinks(session: Session, ctx: CallContext): Promise<readonly Link[]> {
  return (await listBalancerLinks(session, ctx)).map((link) => toBalancerLink(link, undefined));
}

/** All links of the kinds in scope: by default the V2 ones, and all with `all`. */
export async function observeLinks(
  session: Session,
  { all, checks, linkKinds }: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Link[]> {
  const kinds = linkKinds ?? (all === true ? LISTS.map(([kind]) => kind) : ['vpc-link-v2']);
  const lacking = checks === true ? (['links', 'allowlists', 'egress'] as const) : (['links'] as const);
  const lists = await Promise.all(
    LISTS.filter(([kind]) => kinds.includes(kind)).map(([, list]) =>
      gaps.attempt({ what: 'VPC links', of: lacking }, () => list(session, ctx)),
    ),
  );
  return lists.flatMap((links) => links ?? []);
}

/**
 * The load balancers of V1 links. Where such links are not in scope, they are read only if an integration of a
 * gateway names one.
 */
export async function balancersOfLinks(
  session: Session,
  { all, linkKinds = [] }: Scope,
  links: readonly Link[],
  gateways: readonly GatewayRead[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Backends['balancersOf']> {
  const isRead = all === true || linkKinds.includes('vpc-link-v1');
  const others = isRead || !gateways.some(({ namesBalancerLink }) => namesBalancerLink) ? [] : await attempted();
  const known = new Map([...links, ...others].map(({ id, loadBalancerIds }) => [id, loadBalancerIds] as const));
  return (linkId) => known.get(linkId);

  async function attempted(): Promise<readonly Link[]> {
    const wanted = { what: 'load balancers of VPC links V1', of: 'gateways' } as const;
    return (await gaps.attempt(wanted, () => readBalancerLinks(session, ctx))) ?? [];
  }
}

/** Links with their networks: that of their subnets or security groups, or of their load balancer. */
export function placedLinks(
  links: readonly Link[],
  subnets: readonly Subnet[],
  groups: readonly SecurityGroup[],
  balancers: readonly ReadBalancer[],
): readonly Link[] {
  const [ofSubnet, ofGroup, ofBalancer] = [networksOf(subnets), networksOf(groups), networksOf(balancers)];
  return links.map((link) => ({
    ...link,
    networkId:
      link.loadBalancerIds === undefined
        ? (onlyNetwork(link.subnetIds, ofSubnet) ?? onlyNetwork(link.securityGroupIds, ofGroup))
        : ofBalancer.get(link.loadBalancerIds[0] ?? ''),
  }));
}
