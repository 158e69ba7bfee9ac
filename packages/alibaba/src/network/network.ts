import type { CallContext } from '@postern/core';
import type { Network, Subnet } from '@postern/core/snapshot';
import type { Answer } from '../apis/actions.js';
import { VPC_PAGE } from '../limits.js';
import { collectNumbered } from '../client/pages.js';
import { eachOf } from '../client/parallel.js';
import { numberOf, plain, tagMap } from '../client/plain.js';
import type { Session } from '../client/session.js';

type VSwitchOutput = NonNullable<NonNullable<Answer<'Vpc', 'DescribeVSwitches'>['VSwitches']>['VSwitch']>[number];
type VpcOutput = NonNullable<NonNullable<Answer<'Vpc', 'DescribeVpcs'>['Vpcs']>['Vpc']>[number];

/** All VPCs of the region. */
export async function listVpcs(session: Session, ctx: CallContext): Promise<readonly Network[]> {
  const vpcs = await collectNumbered(
    ctx,
    { what: 'VPCs', operation: 'DescribeVpcs' },
    ({ VpcId = '' }: VpcOutput) => VpcId,
    async (PageNumber) => {
      const page = await session.call(ctx, 'Vpc', 'DescribeVpcs', { PageNumber, PageSize: VPC_PAGE });
      return { items: page.Vpcs?.Vpc, total: page.TotalCount };
    },
  );
  const own = await session.account(ctx);
  return vpcs.map((vpc) => ({
    id: vpc.VpcId ?? '',
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
  const rows = await collectNumbered(
    ctx,
    { what: 'vSwitches', operation: 'DescribeVSwitches' },
    ({ VSwitchId = '' }: VSwitchOutput) => VSwitchId,
    async (PageNumber) => {
      const page = await session.call(ctx, 'Vpc', 'DescribeVSwitches', { ...within, PageNumber, PageSize: VPC_PAGE });
      return { items: page.VSwitches?.VSwitch, total: page.TotalCount };
    },
  );
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
    id: row.VSwitchId ?? '',
    name: row.VSwitchName || undefined,
    networkId: row.VpcId ?? '',
    cidrBlock: row.CidrBlock ?? '',
    zone: row.ZoneId ?? '',
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
 * The answers contain owners as numbers, which lose the zeros at the beginning of an ID (masked IDs begin
 * with some).
 */
export function accountOf({ OwnerId }: { readonly OwnerId?: number | undefined }, own: string): string | undefined {
  if (OwnerId === undefined) return undefined;
  return Number(own) === OwnerId ? own : String(OwnerId);
}
