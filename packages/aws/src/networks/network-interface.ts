import type { CallContext, Link } from '@postern/core/internal/library';
import type { NetworkInterface } from '@postern/core/internal/snapshot';
import type { Filter, NetworkInterfaceOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, tagMap, type Session } from '../client/session.js';

/**
 * The network interfaces of VPC links in some VPCs. No call of API Gateway lists them. EC2 lists them by
 * their type. It may leave managed ones out unless the request includes them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
 */
export function listLinkInterfaces(
  session: Session,
  networkIds: readonly string[],
  ctx: CallContext,
): Promise<NetworkInterfaceOutput[]> {
  const filters = [
    { Name: 'interface-type', Values: [LINK_INTERFACE] },
    ...(networkIds.length > 0 ? [{ Name: 'vpc-id', Values: [...networkIds] }] : []),
  ];
  return listInterfaces(session, 'network interfaces of VPC links', filters, ctx);
}

const LINK_INTERFACE = 'api_gateway_managed';

/** Whether an interface serves a VPC link. */
export function isLinkInterface({ InterfaceType }: NetworkInterfaceOutput): boolean {
  return InterfaceType === LINK_INTERFACE;
}

/** The network interfaces that fit all `filters`; without any, all of the region, those that services manage included. */
export function listInterfaces(
  session: Session,
  what: string,
  filters: Filter[],
  ctx: CallContext,
): Promise<NetworkInterfaceOutput[]> {
  return listAll(session, ctx, what, 'ec2', 'DescribeNetworkInterfaces', {
    ...(filters.length > 0 ? { Filters: filters } : {}),
    IncludeManagedResources: true,
  });
}

/**
 * Finds the owner of an interface: the link that its tag `VpcLinkId` names. Without that tag it is the only link
 * with its subnet and exactly its groups. Where two links share both, the owner cannot be determined.
 */
export function interfaceOwners(
  links: readonly Pick<Link, 'id' | 'subnetIds' | 'securityGroupIds'>[],
): (one: NetworkInterfaceOutput) => string | undefined {
  const ids = new Set(links.map(({ id }) => id));
  return (one) => {
    const tagged = tagMap(one.TagSet)['VpcLinkId'];
    // The tag's key is documented, the form of its value is not: an ID, or what ends with one, such as an ARN. The value counts
    // where it names a known link.
    const named = tagged?.slice(tagged.lastIndexOf('/') + 1);
    if (named !== undefined && ids.has(named)) return named;
    if (tagged !== undefined && /^[a-z0-9]{6,10}$/.test(tagged)) return undefined;

    const groups = (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
    const fit = links.filter(
      (link) =>
        link.subnetIds.includes(one.SubnetId) &&
        (link.securityGroupIds.length === 0 || sameSet(link.securityGroupIds, groups)),
    );
    return fit.length === 1 ? fit[0]?.id : undefined;
  };
}

type Place = Pick<Session, 'region' | 'partition'>;

/**
 * An interface in the portable form. Without `place` a load balancer is recognized by the description of the
 * interface.
 */
export function toInterface(one: NetworkInterfaceOutput, linkId: string | undefined, place?: Place): NetworkInterface {
  const listed = (one.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  const first = one.PrivateIpAddress;
  return {
    id: one.NetworkInterfaceId,
    networkId: one.VpcId,
    subnetId: one.SubnetId,
    addresses: [
      ...new Set([
        ...(first === undefined ? [] : [first]),
        ...listed,
        ...(one.Ipv6Addresses ?? []).flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
      ]),
    ],
    prefixes: [
      ...(one.Ipv4Prefixes ?? []).flatMap(({ Ipv4Prefix }) => Ipv4Prefix ?? []),
      ...(one.Ipv6Prefixes ?? []).flatMap(({ Ipv6Prefix }) => Ipv6Prefix ?? []),
    ],
    securityGroupIds: (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    linkId,
    attachedTo: attachedTo(one, place),
    ...inUse(one),
    primary: isPrimary(one),
    sourceDestinationCheck: one.SourceDestCheck,
    account: one.OwnerId,
    raw: plain(one),
  };
}

/**
 * The instance, or the load balancer, which EC2 shows only in the description (`ELB
 * app/shop/50dc6c495c0c9188`). For other services' interfaces it is their description.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancer-target-groups.html (finding its interfaces)
 */
function attachedTo(one: NetworkInterfaceOutput, place: Place | undefined): string | undefined {
  const { Attachment, Description = '', RequesterManaged, OwnerId: account } = one;
  if (Attachment?.InstanceId !== undefined) return Attachment.InstanceId;
  if (RequesterManaged !== true || Description === '') return undefined;

  const [, path] = /^ELB ((?:app|net|gwy)\/[^/]+\/[^/]+)$/.exec(Description) ?? [];
  if (path === undefined || account === undefined || place === undefined) return Description;

  return `arn:${place.partition}:elasticloadbalancing:${place.region}:${account}:loadbalancer/${path}`;
}

/**
 * Interfaces of services are `in-use`, too, without an instance. Of one on its way (`attaching`, `detaching`) it is not known.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html (status)
 */
function inUse({ Status }: NetworkInterfaceOutput): Pick<NetworkInterface, 'inUse'> {
  return Status === 'in-use' || Status === 'available' ? { inUse: Status === 'in-use' } : {};
}

/**
 * An instance's first interface has index 0 on its first network card.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html
 */
function isPrimary({ Attachment }: NetworkInterfaceOutput): boolean | undefined {
  if (Attachment?.InstanceId === undefined || Attachment.DeviceIndex === undefined) return undefined;

  return Attachment.DeviceIndex === 0 && (Attachment.NetworkCardIndex ?? 0) === 0;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
