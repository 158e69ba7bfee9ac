import { collectPages, type CallContext, type Network, type NetworkInterface, type Subnet } from '@postern/core';
import type { Answer } from './actions.js';
import { VPC_PAGE } from './limits.js';
import { collectNumbered } from './pages.js';
import { eachOf } from './parallel.js';
import { numberOf, plain, tagMap } from './plain.js';
import type { Session } from './session.js';

type VSwitchOutput = NonNullable<NonNullable<Answer<'Vpc', 'DescribeVSwitches'>['VSwitches']>['VSwitch']>[number];
type VpcOutput = NonNullable<NonNullable<Answer<'Vpc', 'DescribeVpcs'>['Vpcs']>['Vpc']>[number];
type TableOutput = NonNullable<
  NonNullable<Answer<'Vpc', 'DescribeRouteTableList'>['RouterTableList']>['RouterTableListType']
>[number];
type AclOutput = NonNullable<NonNullable<Answer<'Vpc', 'DescribeNetworkAcls'>['NetworkAcls']>['NetworkAcl']>[number];
/** A network interface as ECS lists it. */
export type InterfaceOutput = NonNullable<
  NonNullable<Answer<'Ecs', 'DescribeNetworkInterfaces'>['NetworkInterfaceSets']>['NetworkInterfaceSet']
>[number];

/** All VPCs of the region. */
export async function listVpcs(session: Session, ctx: CallContext): Promise<readonly Network[]> {
  const vpcs = await collectNumbered(
    ctx,
    { what: 'VPCs', operation: 'DescribeVpcs' },
    ({ VpcId = '' }: VpcOutput) => VpcId,
    async (PageNumber) => {
      const page = await session.send(ctx, 'Vpc', 'DescribeVpcs', { PageNumber, PageSize: VPC_PAGE });
      return { items: page.Vpcs?.Vpc, total: page.TotalCount };
    },
  );
  return vpcs.map((vpc) => ({
    id: vpc.VpcId ?? '',
    name: vpc.VpcName || undefined,
    cidrBlocks: [vpc.CidrBlock ?? '', ...(vpc.SecondaryCidrBlocks?.SecondaryCidrBlock ?? [])].filter((text) => text),
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
      const page = await session.send(ctx, 'Vpc', 'DescribeVSwitches', { ...within, PageNumber, PageSize: VPC_PAGE });
      return { items: page.VSwitches?.VSwitch, total: page.TotalCount };
    },
  );
  return rows.map(toSubnet);
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

function toSubnet(row: VSwitchOutput): Subnet {
  return {
    id: row.VSwitchId ?? '',
    name: row.VSwitchName || undefined,
    networkId: row.VpcId ?? '',
    cidrBlock: row.CidrBlock ?? '',
    zone: row.ZoneId ?? '',
    freeAddresses: numberOf(row.AvailableIpAddressCount),
    account: row.OwnerId === undefined ? undefined : String(row.OwnerId),
    tags: tagMap(row.Tags?.Tag),
    raw: plain(row),
  };
}

/** The network interfaces of some VPCs. */
export async function listInterfaces(
  session: Session,
  vpcIds: readonly string[],
  ctx: CallContext,
): Promise<readonly InterfaceOutput[]> {
  const lists = await eachOf([...new Set(vpcIds)], (VpcId) =>
    collectPages(
      ctx,
      { what: `network interfaces of ${VpcId}`, operation: 'DescribeNetworkInterfaces' },
      async (token) => {
        const page = await session.send(ctx, 'Ecs', 'DescribeNetworkInterfaces', {
          VpcId,
          MaxResults: 500,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return { items: page.NetworkInterfaceSets?.NetworkInterfaceSet ?? [], next: page.NextToken };
      },
    ),
  );
  return lists.flat();
}

/** An interface in the portable form. */
export function toInterface(row: InterfaceOutput, linkId: string | undefined): NetworkInterface {
  const addresses = (row.PrivateIpSets?.PrivateIpSet ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []);
  return {
    id: row.NetworkInterfaceId ?? '',
    networkId: row.VpcId ?? '',
    subnetId: row.VSwitchId ?? '',
    addresses: addresses.length > 0 ? addresses : [row.PrivateIpAddress ?? ''].filter((text) => text),
    securityGroupIds: [...(row.SecurityGroupIds?.SecurityGroupId ?? [])],
    linkId,
    raw: plain(row),
  };
}

/** The route tables of the region, or of some VPCs, with their entries: what says whether a block outside a VPC is connected to it. */
export async function listRouteTables(
  session: Session,
  ctx: CallContext,
  vpcIds?: readonly string[],
): Promise<readonly RouteTable[]> {
  if (vpcIds === undefined) return routeTablesOf(session, ctx, {});
  return (await eachOf(vpcIds, (VpcId) => routeTablesOf(session, ctx, { VpcId }))).flat();
}

async function routeTablesOf(
  session: Session,
  ctx: CallContext,
  within: { readonly VpcId?: string },
): Promise<readonly RouteTable[]> {
  const tables = await collectNumbered(
    ctx,
    { what: 'route tables', operation: 'DescribeRouteTableList' },
    ({ RouteTableId = '' }: TableOutput) => RouteTableId,
    async (PageNumber) => {
      const page = await session.send(ctx, 'Vpc', 'DescribeRouteTableList', {
        ...within,
        PageNumber,
        PageSize: VPC_PAGE,
      });
      return { items: page.RouterTableList?.RouterTableListType, total: page.TotalCount };
    },
  );
  return eachOf(tables, async (table) => {
    const { RouteTableId = '' } = table;
    const what = { what: `routes of ${RouteTableId}`, operation: 'DescribeRouteEntryList' };
    const entries = await collectPages(ctx, what, async (token) => {
      const page = await session.send(ctx, 'Vpc', 'DescribeRouteEntryList', {
        RouteTableId,
        MaxResult: 100,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      return { items: page.RouteEntrys?.RouteEntry ?? [], next: page.NextToken };
    });
    return {
      id: RouteTableId,
      networkId: table.VpcId ?? '',
      type: table.RouteTableType ?? '',
      subnetIds: [...(table.VSwitchIds?.VSwitchId ?? [])],
      entries: entries.map((entry) => ({
        cidrBlock: entry.DestinationCidrBlock ?? '',
        type: entry.Type ?? '',
        status: entry.Status ?? '',
        nextHops: (entry.NextHops?.NextHop ?? []).map(({ NextHopType = '', NextHopId = '' }) => ({
          type: NextHopType,
          id: NextHopId,
        })),
      })),
    };
  });
}

/** A route table with its entries; plain JSON. */
export interface RouteTable {
  readonly id: string;
  readonly networkId: string;
  readonly type: string;
  readonly subnetIds: readonly string[];
  readonly entries: readonly {
    readonly cidrBlock: string;
    readonly type: string;
    readonly status: string;
    readonly nextHops: readonly { readonly type: string; readonly id: string }[];
  }[];
}

/** All network ACLs, their entries included. */
export function listNetworkAcls(session: Session, ctx: CallContext): Promise<readonly AclOutput[]> {
  return collectNumbered(
    ctx,
    { what: 'network ACLs', operation: 'DescribeNetworkAcls' },
    ({ NetworkAclId = '' }: AclOutput) => NetworkAclId,
    async (PageNumber) => {
      const page = await session.send(ctx, 'Vpc', 'DescribeNetworkAcls', { PageNumber, PageSize: VPC_PAGE });
      return { items: page.NetworkAcls?.NetworkAcl, total: page.TotalCount };
    },
  );
}
