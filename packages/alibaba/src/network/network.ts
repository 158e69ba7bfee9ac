import type { Network, Subnet, Zone, PrefixList, RouteTable, SecurityGroup } from '@postern/core/internal/snapshot';
import { eachOf, numberOf, plain, tagMap } from '../client/plain.js';
import { listAll, type Listed } from '../client/lists.js';
import type { Session } from '../client/session.js';
import { type Gaps, unlessGone, type CallContext } from '@postern/core/internal/adapter';

type VSwitchOutput = Listed<'Vpc', 'DescribeVSwitches'>;
type VpcOutput = Listed<'Vpc', 'DescribeVpcs'>;

/** All VPCs of the region. */
export async function listVpcs(session: Session, ctx: CallContext): Promise<readonly Network[]> {
  const vpcs = await listAll(session, ctx, 'VPCs', 'Vpc', 'DescribeVpcs');
  const own = await session.account(ctx);
  return vpcs.map((vpc) => ({
    id: vpc.VpcId,
    name: vpc.VpcName || undefined,
    cidrBlocks: [vpc.CidrBlock ?? '', ...(vpc.SecondaryCidrBlocks?.SecondaryCidrBlock ?? [])].filter((text) => text),
    ipv6CidrBlocks: ipv6Blocks(vpc),
    account: accountOf(vpc, own),
    tags: tagMap(vpc.Tags?.Tag),
    raw: plain(vpc),
  }));
}

/** The vSwitches of the region, or of one VPC. */
export async function listVSwitches(
  session: Session,
  ctx: CallContext,
  within: { readonly VpcId?: string; readonly VSwitchId?: string } = {},
): Promise<readonly Subnet[]> {
  const rows = await listAll(session, ctx, 'vSwitches', 'Vpc', 'DescribeVSwitches', within);
  const own = await session.account(ctx);
  return rows.map((row) => toSubnet(row, own));
}

/** Those of the ids that exist. */
export async function vSwitchesById(
  session: Session,
  ctx: CallContext,
  ids: readonly string[],
): Promise<readonly Subnet[]> {
  const lists = await eachOf([...new Set(ids)], (VSwitchId) => listVSwitches(session, ctx, { VSwitchId }));
  return lists.flat().filter(({ id }) => ids.includes(id));
}

function toSubnet(row: VSwitchOutput, own: string): Subnet {
  return {
    id: row.VSwitchId,
    name: row.VSwitchName || undefined,
    networkId: row.VpcId,
    cidrBlock: row.CidrBlock,
    zone: row.ZoneId,
    ipv6CidrBlocks: row.Ipv6CidrBlock ? [row.Ipv6CidrBlock] : undefined,
    freeAddresses: numberOf(row.AvailableIpAddressCount),
    routeTableId: row.RouteTable?.RouteTableId || undefined,
    networkAclId: row.NetworkAclId === '' ? null : row.NetworkAclId,
    account: accountOf(row, own),
    tags: tagMap(row.Tags?.Tag),
    raw: plain(row),
  };
}

function ipv6Blocks({ Ipv6CidrBlock, Ipv6CidrBlocks }: VpcOutput): readonly string[] | undefined {
  const more = (Ipv6CidrBlocks?.Ipv6CidrBlock ?? []).map((row) => row.Ipv6CidrBlock);
  const all = new Set([Ipv6CidrBlock, ...more].flatMap((block) => block || []));
  return all.size === 0 ? undefined : [...all];
}

/**
 * The answers contain owners as numbers, which lose the zeros at the beginning of an ID (masked IDs begin with some).
 */
export function accountOf({ OwnerId }: { readonly OwnerId?: number | undefined }, own: string): string | undefined {
  if (OwnerId === undefined) return undefined;

  return Number(own) === OwnerId ? own : String(OwnerId);
}

/**
 * The zones in which API Gateway has instances, by their plain ids. The service lists most of them several at a time:
 * `cn-hangzhou-MAZ6(i,j,k)`.
 */
export async function zonesOfGateways(session: Session, ctx: CallContext): Promise<readonly Zone[]> {
  const { Zones } = await session.call(ctx, 'CloudAPI', 'DescribeZones', {});
  const ids = (Zones?.Zone ?? []).flatMap(({ ZoneId }) => (ZoneId ? plainZones(ZoneId, session.region) : []));
  return [...new Set(ids)].toSorted().map((id) => ({ id, servesLinks: true }));
}

/**
 * Every zone of the region, and whether API Gateway has instances there. Undefined where neither list could
 * be read. Where one list could not be read, a gap is reported, and the zones are those of the other.
 */
export async function readZones(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly Zone[] | undefined> {
  const [all, served] = await Promise.all([
    gaps.attempt({ what: 'zones of the region', of: 'zones' }, async () => {
      const { Zones } = await session.call(ctx, 'Vpc', 'DescribeZones', {});
      return (Zones?.Zone ?? []).flatMap(({ ZoneId }) => (ZoneId ? [{ id: ZoneId }] : []));
    }),
    gaps.attempt({ what: 'zones of API Gateway', of: 'zones' }, () => zonesOfGateways(session, ctx)),
  ]);
  if (all === undefined) return served;

  const ids = served === undefined || served.length === 0 ? undefined : new Set(served.map(({ id }) => id));
  return all.map((zone) => (ids === undefined ? zone : { ...zone, servesLinks: ids.has(zone.id) }));
}

/**
 * `cn-hangzhou-MAZ6(i,j)` means `cn-hangzhou-i` and `cn-hangzhou-j`. IDs outside of China have no hyphen
 * before the letter.
 */
function plainZones(id: string, region: string): readonly string[] {
  const letters = /\(([a-z](?:,[a-z])*)\)$/.exec(id)?.[1];
  if (letters === undefined) return [id];

  const hyphen = region.startsWith('cn-') ? '-' : '';
  return letters.split(',').map((letter) => `${region}${hyphen}${letter}`);
}

/** The prefix lists that rules of these groups name, with their entries: a call for each. */
export async function prefixListsOf(
  session: Session,
  groups: readonly SecurityGroup[],
  ctx: CallContext,
): Promise<readonly PrefixList[]> {
  const ids = new Set(groups.flatMap(({ rules }) => rules.flatMap(({ prefixListId }) => prefixListId ?? [])));
  const found = await eachOf([...ids].toSorted(), async (PrefixListId): Promise<readonly PrefixList[]> => {
    const row = await unlessGone(session.call(ctx, 'Ecs', 'DescribePrefixListAttributes', { PrefixListId }));
    if (row === undefined) return [];

    return [
      {
        id: PrefixListId,
        name: row.PrefixListName || undefined,
        cidrBlocks: (row.Entries?.Entry ?? []).flatMap(({ Cidr }) => Cidr ?? []),
        maxEntries: row.MaxEntries,
        raw: plain(row),
      },
    ];
  });
  return found.flat();
}

/** Prefix lists of VPC that are next hops of routes are lists of another kind. They are not read: a gap for each. */
export function unreadRouteLists(tables: readonly RouteTable[], gaps: Gaps): void {
  const ids = new Set(tables.flatMap(({ routes = [] }) => routes.flatMap(({ prefixListId }) => prefixListId ?? [])));
  for (const id of ids) {
    const what = `prefix list ${id}, which a route names`;
    gaps.list.push({ what, operation: 'GetVpcPrefixListEntries', code: 'UNSUPPORTED', of: 'prefixLists', id });
  }
}
