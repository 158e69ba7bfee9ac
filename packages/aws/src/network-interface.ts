import { collectPages, type CallContext, type Link, type NetworkInterface } from '@postern/core';
import type { NetworkInterfaceOutput } from './ec2-api.js';
import { plain, sent, tagMap } from './plain.js';
import type { Session } from './session.js';

/**
 * The network interfaces of VPC links in some VPCs. No call of API Gateway lists them; EC2 knows them by their type, and
 * may leave managed ones out unless asked for them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
 */
export function listLinkInterfaces(
  session: Session,
  networkIds: readonly string[],
  ctx: CallContext,
): Promise<NetworkInterfaceOutput[]> {
  const filters = [
    { Name: 'interface-type', Values: ['api_gateway_managed'] },
    ...(networkIds.length > 0 ? [{ Name: 'vpc-id', Values: [...networkIds] }] : []),
  ];
  const what = 'network interfaces of VPC links';
  return collectPages(ctx, { what, operation: 'DescribeNetworkInterfaces' }, async (token) => {
    const page = await session.send(ctx, 'ec2', 'DescribeNetworkInterfaces', (api, options) =>
      api.describeNetworkInterfaces(
        {
          Filters: filters,
          IncludeManagedResources: true,
          MaxResults: 1000,
          ...(token === undefined ? {} : { NextToken: token }),
        },
        options,
      ),
    );
    const items = sent(page.NetworkInterfaces, 'NetworkInterfaces', 'DescribeNetworkInterfaces');
    return { items, next: page.NextToken };
  });
}

/**
 * Whose an interface is: the link that its tag `VpcLinkId` names; without that tag, the only link with its subnet and
 * exactly its groups. Where two links share both, nobody can say.
 */
export function linkOfInterface(
  one: NetworkInterfaceOutput,
  links: readonly Pick<Link, 'id' | 'subnetIds' | 'securityGroupIds'>[],
): string | undefined {
  const tagged = tagMap(one.TagSet)['VpcLinkId'];
  // The tag's key is documented, the form of its value is not: it counts where it names a link that we know.
  const named = links.find(({ id }) => tagged === id || tagged?.endsWith(`/${id}`) === true);
  if (named !== undefined) return named.id;
  if (tagged !== undefined && /^[a-z0-9]{6,10}$/.test(tagged)) return undefined;
  const groups = (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  const fit = links.filter(
    (link) =>
      link.subnetIds.includes(one.SubnetId ?? '') &&
      (link.securityGroupIds.length === 0 || sameSet(link.securityGroupIds, groups)),
  );
  return fit.length === 1 ? fit[0]?.id : undefined;
}

/** An interface in the portable form. */
export function toInterface(one: NetworkInterfaceOutput, linkId: string | undefined): NetworkInterface {
  const listed = (one.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  const first = one.PrivateIpAddress;
  return {
    id: one.NetworkInterfaceId ?? '',
    networkId: one.VpcId ?? '',
    subnetId: one.SubnetId ?? '',
    addresses: [
      ...new Set([
        ...(first === undefined ? [] : [first]),
        ...listed,
        ...(one.Ipv6Addresses ?? []).flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
      ]),
    ],
    securityGroupIds: (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    linkId,
    raw: plain(one),
  };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
