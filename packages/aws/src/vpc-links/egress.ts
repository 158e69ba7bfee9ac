import type { CallContext, Egress, Link } from '@postern/core';
import { CloudError, isPosternError, unlessGone } from '@postern/core/adapter';
import { formatPrefix, parsePrefix } from '@postern/core/cidr';
import type { Subnet } from '@postern/core/snapshot';
import { listApis } from '../http-apis/api.js';
import type { NetworkInterfaceOutput, SubnetOutput } from '../sdk-types.js';
import { listIntegrations } from '../http-apis/integration.js';
import { backendOf, listenersByPort } from '../rest-apis/integration-target.js';
import { listResources, listRestApis } from '../rest-apis/read-rest-api.js';
import { listenersOf, toListener } from '../load-balancing/load-balancer.js';
import { interfaceOwners, listLinkInterfaces, toInterface } from '../networks/network-interface.js';
import { SEEN_BY_KIND, seenBy } from './seen-by.js';
import type { Session } from '../client/session.js';
import { describeSubnets, onlyNetwork, toSubnet } from '../networks/subnet.js';
import { listVpcLinks, toLink } from './vpc-link.js';

/**
 * The source addresses of a link's calls. Interfaces change (an INACTIVE link has none, and gets new ones
 * when it becomes available again), so their addresses are momentary. The blocks of the subnets and the
 * security groups stay for as long as the link exists.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readEgress(session: Session, linkId: string, ctx: CallContext): Promise<Egress> {
  const links = (await listVpcLinks(session, ctx)).map((link) => toLink(link, undefined));
  const link = links.find(({ id }) => id === linkId);
  if (link === undefined) {
    throw new CloudError('NOT_FOUND', `VPC link ${linkId} does not exist`, { operation: 'GetVpcLinks' });
  }
  const subnets = (await describeSubnets(session, ctx, link.subnetIds)).map(toSubnet);
  const network = onlyNetwork(link.subnetIds, new Map(subnets.map((one) => [one.id, one.networkId])));
  const [interfaces, targetIds] = await Promise.all([
    listLinkInterfaces(session, network === undefined ? [] : [network], ctx),
    targetsOfLink(session, linkId, ctx),
  ]);
  const rows = await seenBy(session, targetIds, ctx);
  const ownerOf = interfaceOwners(links); // all that share the VPC
  const own = interfaces.filter((one) => ownerOf(one) === linkId);
  return { ...toEgress(link, subnets, own), seenBy: rows.length > 0 ? rows : SEEN_BY_KIND };
}

/** A link's egress from what was read, without what its targets see. `interfaces` are those of the link. */
export function toEgress(
  link: Pick<Link, 'id' | 'subnetIds' | 'securityGroupIds'>,
  subnets: readonly Subnet[],
  interfaces: readonly NetworkInterfaceOutput[],
): Egress {
  const own = interfaces.map((one) => toInterface(one, link.id));
  return {
    linkId: link.id,
    addresses: own.flatMap(({ addresses }) => addresses),
    prefixes: subnets.filter(({ id }) => link.subnetIds.includes(id)).flatMap(blocksOf),
    // A link without groups of its own gets the VPC's default group on its interfaces.
    securityGroupIds:
      link.securityGroupIds.length > 0
        ? link.securityGroupIds
        : [...new Set(own.flatMap(({ securityGroupIds }) => securityGroupIds))],
    stability: 'momentary',
    seenBy: [],
  };
}

/** The subnet's blocks, IPv4 and IPv6, in their canonical form. */
function blocksOf(subnet: Subnet): readonly string[] {
  const ipv6 = ((subnet.raw as SubnetOutput | null)?.Ipv6CidrBlockAssociationSet ?? []).flatMap((one) =>
    one.Ipv6CidrBlockState?.State === 'disassociated' ? [] : (one.Ipv6CidrBlock ?? []),
  );
  return [subnet.cidrBlock, ...ipv6].filter((block) => block !== '').map((block) => formatPrefix(parsePrefix(block)));
}

/**
 * The targets of a link's integrations. No call lists the users of a link, so all HTTP and REST APIs are read, as far as
 * that is allowed.
 */
async function targetsOfLink(session: Session, linkId: string, ctx: CallContext): Promise<readonly string[]> {
  const lists = [targetsOfHttpApis(session, linkId, ctx), targetsOfRestApis(session, linkId, ctx)].map((list) =>
    list.catch((error: unknown): readonly string[] => {
      if (isPosternError(error, 'PERMISSION_DENIED')) return [];
      throw error;
    }),
  );
  return (await Promise.all(lists)).flat();
}

async function targetsOfHttpApis(session: Session, linkId: string, ctx: CallContext): Promise<readonly string[]> {
  const apis = (await listApis(session, ctx)).filter(({ ProtocolType }) => ProtocolType === 'HTTP');
  const lists = await Promise.all(apis.map(({ ApiId = '' }) => listIntegrations(session, ApiId, ctx)));
  return lists
    .flat()
    .filter((one) => one.ConnectionType === 'VPC_LINK' && one.ConnectionId === linkId)
    .flatMap((one) => one.IntegrationUri ?? []);
}

/** The listeners on the ports that integrations of REST APIs name. Links that stage variables name are left out. */
async function targetsOfRestApis(session: Session, linkId: string, ctx: CallContext): Promise<readonly string[]> {
  const apis = await listRestApis(session, ctx);
  const lists = await Promise.all(
    apis.map(async ({ id = '' }) => (await unlessGone(listResources(session, id, ctx))) ?? []),
  );
  const ports = lists
    .flat()
    .flatMap(({ resourceMethods = {} }) =>
      Object.values(resourceMethods).flatMap(({ methodIntegration: integration }) =>
        integration?.connectionType === 'VPC_LINK' && integration.connectionId === linkId
          ? (backendOf(integration, { balancersOf: () => undefined }) ?? [])
          : [],
      ),
    );
  const balancers = [...new Set(ports.map(({ loadBalancerArn }) => loadBalancerArn))];
  const listeners = (await listenersOf(session, balancers, [], ctx)).map(toListener);
  const listenerOf = listenersByPort(listeners);
  return ports.flatMap((port) => listenerOf(port) ?? []);
}
