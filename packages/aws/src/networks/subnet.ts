import type { CallContext } from '@postern/core/internal/library';
import type { Subnet, NetworkInterface, Zone } from '@postern/core/internal/snapshot';
import type { Filter, Ipv6Association, SubnetOutput } from '../sdk-types.js';
import { batchesOf, listAll } from '../client/list-all.js';
import { plain, tagMap, type Session } from '../client/session.js';

/**
 * The most values that one filter of EC2 accepts:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
 */
const FILTER_VALUES = 200;

/**
 * Subnets by id; without ids, all. Unknown ids are missing from the answer: a filter, unlike `SubnetIds`, does not fail
 * the whole call because of one.
 */
export async function describeSubnets(
  session: Session,
  ctx: CallContext,
  ids?: readonly string[],
): Promise<readonly SubnetOutput[]> {
  const list = (filters: Filter[] | undefined) =>
    listAll(session, ctx, 'subnets', 'ec2', 'DescribeSubnets', { ...(filters && { Filters: filters }) });

  if (ids === undefined) return list(undefined);

  return inBatches(ids, (batch) => list([{ Name: 'subnet-id', Values: batch }]));
}

/**
 * Calls `list` with the distinct ids, as many at a time as a filter accepts. Without ids it makes no call.
 */
export async function inBatches<T>(
  ids: readonly string[],
  list: (batch: string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  return (await Promise.all(batchesOf([...new Set(ids)], FILTER_VALUES).map(list))).flat();
}

/** A subnet in the portable form; its zone is the zone's id, since names differ between accounts. */
export function toSubnet(subnet: SubnetOutput): Subnet {
  const tags = tagMap(subnet.Tags);
  return {
    id: subnet.SubnetId,
    name: tags['Name'],
    networkId: subnet.VpcId,
    cidrBlock: subnet.CidrBlock ?? '',
    ipv6CidrBlocks: ipv6Blocks(subnet.Ipv6CidrBlockAssociationSet),
    zone: subnet.AvailabilityZoneId,
    freeAddresses: subnet.AvailableIpAddressCount,
    isDefault: subnet.DefaultForAz,
    account: subnet.OwnerId,
    tags,
    raw: plain(subnet),
  };
}

/** The IPv6 blocks that a VPC or subnet has now. */
export function ipv6Blocks(associations: readonly Ipv6Association[] | undefined): readonly string[] {
  return (associations ?? []).flatMap(({ Ipv6CidrBlock, Ipv6CidrBlockState }) =>
    Ipv6CidrBlockState?.State === 'associated' ? (Ipv6CidrBlock ?? []) : [],
  );
}

/** The one VPC of all of these subnets, or of these security groups. `undefined` where the VPC of one of them is not known. */
export function onlyNetwork(
  ids: readonly string[],
  known: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const networks = new Set(ids.map((id) => known.get(id)));
  return networks.size === 1 ? [...networks][0] : undefined;
}

/** The VPCs of resources, by the resources' ids. */
export function networksOf(
  resources: readonly { readonly id: string; readonly networkId?: string | undefined }[],
): ReadonlyMap<string, string | undefined> {
  return new Map(resources.map(({ id, networkId }) => [id, networkId] as const));
}

/** Finds the ids of zones. Load balancers speak of zones by the account's own names for them. */
export interface ZoneFinder {
  readonly idOf: (zoneName: string) => string | undefined;
  readonly ofSubnet: (subnetId: string) => string | undefined;
  /** The zone of an instance, or of a private address of a network. */
  readonly ofTarget: (instanceOrAddress: string, networkId: string | undefined) => string | undefined;
}

/** A finder of the zones that were read. Where they were not read, the zones of subnets are used. */
export function zoneFinder(
  zones: readonly Zone[] | undefined,
  subnets: readonly Subnet[],
  interfaces: readonly NetworkInterface[],
): ZoneFinder {
  const names = new Map<string, string>();
  for (const { zone, raw } of subnets) {
    const name = (raw as SubnetOutput | null)?.AvailabilityZone;
    if (name !== undefined && zone !== '') names.set(name, zone);
  }
  for (const { id, name } of zones ?? []) if (name !== undefined) names.set(name, id);
  const bySubnet = new Map(subnets.map(({ id, zone }) => [id, zone] as const));
  const places = new Map<string, string>();
  for (const { attachedTo, addresses, networkId, subnetId } of interfaces) {
    const zone = bySubnet.get(subnetId);
    if (zone === undefined) continue;

    for (const key of attachedTo === undefined ? addresses : [attachedTo, ...addresses]) {
      places.set(`${networkId} ${key}`, zone);
    }
  }
  return {
    idOf: (name) => names.get(name),
    ofSubnet: (id) => bySubnet.get(id),
    ofTarget: (target, networkId) => places.get(`${networkId} ${target}`),
  };
}
