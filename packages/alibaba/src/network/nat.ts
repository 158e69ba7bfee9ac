import { contains, parsePrefix } from '@postern/core/internal/cidr';
import { eachOf, flagOf, plain } from '../client/plain.js';
import { listAll, type Listed } from '../client/lists.js';
import type { Session } from '../client/session.js';
import type { CallContext, Egress } from '@postern/core/internal/adapter';
import type { NetworkInterface } from '@postern/core/internal/snapshot';

/** An SNAT entry of a NAT gateway. */
export interface SnatEntry {
  readonly natGatewayId: string;
  /** Of an entry for a vSwitch; else a block is given. */
  readonly vSwitchId?: string | undefined;
  readonly cidrBlock?: string | undefined;
  /** The public addresses that calls come from. */
  readonly addresses: readonly string[];
}

/** The entries of the NAT gateways of some VPCs: one list of the gateways, and one of the entries of each. */
export async function listSnatEntries(
  session: Session,
  ctx: CallContext,
  vpcIds: readonly string[],
): Promise<readonly SnatEntry[]> {
  const all = await listAll(session, ctx, 'NAT gateways', 'Vpc', 'DescribeNatGateways');
  // One of the type VPC NAT translates to private addresses.
  const wanted = all.filter(
    ({ VpcId = '', NetworkType = 'internet' }) => vpcIds.includes(VpcId) && NetworkType !== 'intranet',
  );
  const entries = await eachOf(wanted, async ({ NatGatewayId }) => {
    const rows = await listAll(session, ctx, `SNAT entries of ${NatGatewayId}`, 'Vpc', 'DescribeSnatTableEntries', {
      NatGatewayId,
    });
    return rows.map(({ SourceVSwitchId, SourceCIDR, SnatIp = '' }) => ({
      natGatewayId: NatGatewayId,
      vSwitchId: SourceVSwitchId || undefined,
      cidrBlock: SourceCIDR || undefined,
      addresses: SnatIp.split(',').filter((address) => address !== ''),
    }));
  });
  return entries.flat();
}

/** What public backends see of vSwitches: the entries for them, or for a block that has all of their addresses. */
export function publicSourcesOf(
  entries: readonly SnatEntry[],
  subnets: readonly { readonly id: string; readonly cidrBlock: string }[],
): NonNullable<Egress['publicSources']> {
  return subnets.flatMap(({ id: subnetId, cidrBlock }) =>
    entries
      .filter((entry) =>
        entry.vSwitchId === undefined ? covers(entry.cidrBlock, cidrBlock) : entry.vSwitchId === subnetId,
      )
      .map(({ natGatewayId, addresses }) => ({ subnetId, natGatewayId, addresses })),
  );
}

function covers(block: string | undefined, of: string): boolean {
  return block !== undefined && of !== '' && contains(parsePrefix(block), parsePrefix(of));
}

/** A network interface as ECS lists it. */
export type InterfaceOutput = Listed<'Ecs', 'DescribeNetworkInterfaces'>;

/** The network interfaces of some VPCs, or of the whole region. */
export async function listInterfaces(
  session: Session,
  vpcIds: readonly string[] | 'all',
  ctx: CallContext,
): Promise<readonly InterfaceOutput[]> {
  const list = (what: string, within?: { readonly VpcId: string }) =>
    listAll(session, ctx, what, 'Ecs', 'DescribeNetworkInterfaces', within);
  if (vpcIds === 'all') return list('network interfaces');

  const lists = await eachOf([...new Set(vpcIds)], (VpcId) => list(`network interfaces of ${VpcId}`, { VpcId }));
  return lists.flat();
}

/** An interface in the portable form. */
export function toInterface(row: InterfaceOutput, linkId: string | undefined): NetworkInterface {
  const addresses = (row.PrivateIpSets?.PrivateIpSet ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  const ipv6 = (row.Ipv6Sets?.Ipv6Set ?? []).flatMap(({ Ipv6Address }) => Ipv6Address || []);
  return {
    id: row.NetworkInterfaceId,
    networkId: row.VpcId ?? '',
    subnetId: row.VSwitchId ?? '',
    addresses: [...(addresses.length > 0 ? addresses : [row.PrivateIpAddress ?? ''].filter((text) => text)), ...ipv6],
    securityGroupIds: [...(row.SecurityGroupIds?.SecurityGroupId ?? [])],
    linkId,
    attachedTo: row.InstanceId || row.Attachment?.InstanceId || undefined,
    ...inUse(row),
    // A response without both lists does not show whether there are blocks.
    ...(row.Ipv4PrefixSets === undefined && row.Ipv6PrefixSets === undefined ? {} : { prefixes: prefixesOf(row) }),
    ...(row.Type === 'Primary' || row.Type === 'Secondary' ? { primary: row.Type === 'Primary' } : {}),
    ...(row.ServiceManaged === undefined ? {} : { managed: flagOf(row.ServiceManaged) }),
    sourceDestinationCheck: row.SourceDestCheck,
    account: row.OwnerId === undefined || row.OwnerId === '' ? undefined : String(row.OwnerId),
    raw: plain(row),
  };
}

/**
 * `Available` is an interface that is attached to nothing; of one on its way (`Attaching`, `Detaching`) it is not known.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describenetworkinterfaceattribute
 */
function inUse({ Status }: InterfaceOutput): Pick<NetworkInterface, 'inUse'> {
  return Status === 'InUse' || Status === 'Available' ? { inUse: Status === 'InUse' } : {};
}

/**
 * The blocks that were delegated to an interface, IPv4 and IPv6.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describenetworkinterfaces
 */
function prefixesOf({ Ipv4PrefixSets, Ipv6PrefixSets }: InterfaceOutput): readonly string[] {
  return [
    ...(Ipv4PrefixSets?.Ipv4PrefixSet ?? []).flatMap(({ Ipv4Prefix }) => Ipv4Prefix || []),
    ...(Ipv6PrefixSets?.Ipv6PrefixSet ?? []).flatMap(({ Ipv6Prefix }) => Ipv6Prefix || []),
  ];
}
