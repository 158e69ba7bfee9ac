import { CloudError, unless, type CallContext, type Egress, type Link } from '@postern/core/internal/adapter';
import { formatPrefix, parsePrefix } from '@postern/core/internal/cidr';
import type { Subnet } from '@postern/core/internal/snapshot';
import type { NetworkInterfaceOutput, SubnetOutput } from '../sdk-types.js';
import type { GatewayReader } from '../gateways/gateway-reader.js';
import { interfaceOwners, listLinkInterfaces, toInterface } from '../networks/network-interface.js';
import { SEEN_BY_KIND, sourceAddressesOf } from './source-addresses.js';
import type { Session } from '../client/session.js';
import { describeSubnets, onlyNetwork, toSubnet } from '../networks/subnet.js';
import { listVpcLinks, toLink } from './vpc-link.js';

/**
 * The source addresses of a link's calls. Interfaces change (an INACTIVE link has none, and gets new ones
 * when it becomes available again), so their addresses are momentary. The blocks of the subnets and the
 * security groups stay for as long as the link exists.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readEgress(
  session: Session,
  readers: readonly GatewayReader[],
  linkId: string,
  ctx: CallContext,
): Promise<Egress> {
  const links = (await listVpcLinks(session, ctx)).map((link) => toLink(link, undefined));
  const link = links.find(({ id }) => id === linkId);
  if (link === undefined) {
    throw new CloudError('NOT_FOUND', `VPC link ${linkId} does not exist`, { operation: 'GetVpcLinks' });
  }

  const subnets = (await describeSubnets(session, ctx, link.subnetIds)).map(toSubnet);
  const network = onlyNetwork(link.subnetIds, new Map(subnets.map((one) => [one.id, one.networkId])));
  const [interfaces, targetIds] = await Promise.all([
    listLinkInterfaces(session, network === undefined ? [] : [network], ctx),
    targetsOfLink(session, readers, linkId, ctx),
  ]);
  const rows = await sourceAddressesOf(session, targetIds, ctx);
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
 * The targets of a link's integrations. No call lists the users of a link, so all APIs are read, as far as
 * that is allowed.
 */
async function targetsOfLink(
  session: Session,
  readers: readonly GatewayReader[],
  linkId: string,
  ctx: CallContext,
): Promise<readonly string[]> {
  const lists = readers.map((reader) => unless(reader.targetsOfLink(session, linkId, ctx), 'PERMISSION_DENIED'));
  return (await Promise.all(lists)).flatMap((targets) => targets ?? []);
}
