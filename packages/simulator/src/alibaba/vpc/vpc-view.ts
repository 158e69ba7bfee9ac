import type { AlibabaCall } from '../operation/operation.js';
import type { VpcRow, VSwitchRow } from './state.js';
import { freeAddressCount } from './addresses.js';
import { tagPairs } from './request/tags.js';
import { seconds } from './request/text-rules.js';

/** The members that DescribeVpcs and DescribeVpcAttribute share. */
export function vpcView({ state, region, account }: AlibabaCall, row: VpcRow) {
  const { vSwitches, routeTables } = state.network;
  return {
    CidrBlock: row.cidrBlock,
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    DnsHostnameStatus: 'DISABLED',
    EnabledIpv6: (row.ipv6CidrBlocks ?? []).length > 0,
    Ipv6CidrBlock: row.ipv6CidrBlocks?.[0] ?? '',
    Ipv6CidrBlocks: { Ipv6CidrBlock: (row.ipv6CidrBlocks ?? []).map((block) => ({ Ipv6CidrBlock: block })) },
    IsDefault: false,
    OwnerId: Number(row.ownerId ?? account),
    RegionId: region,
    RouterTableIds: {
      RouterTableIds: [...routeTables.values()].filter(({ vpcId }) => vpcId === row.id).map(({ id }) => id),
    },
    SecondaryCidrBlocks: { SecondaryCidrBlock: row.secondaryCidrBlocks },
    Status: 'Available',
    Tags: { Tag: tagPairs(row.tags) },
    UserCidrs: { UserCidr: [] },
    VRouterId: row.routerId,
    VSwitchIds: { VSwitchId: [...vSwitches.values()].filter(({ vpcId }) => vpcId === row.id).map(({ id }) => id) },
    VpcId: row.id,
    VpcName: row.name,
  };
}

/** A vSwitch as DescribeVSwitches and DescribeVSwitchAttributes answer it. */
export function vSwitchView({ state, account }: AlibabaCall, row: VSwitchRow) {
  return {
    AvailableIpAddressCount: freeAddressCount(row),
    CidrBlock: row.cidrBlock,
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    EnabledIpv6: row.ipv6CidrBlock !== undefined,
    Ipv6CidrBlock: row.ipv6CidrBlock ?? '',
    IsDefault: false,
    NetworkAclId: row.networkAclId ?? '',
    OwnerId: Number(row.ownerId ?? account),
    RouteTable: {
      RouteTableId: row.routeTableId,
      RouteTableType: state.network.routeTables.get(row.routeTableId)?.kind ?? 'System',
    },
    ShareType: '',
    Status: 'Available',
    Tags: { Tag: tagPairs(row.tags) },
    VSwitchId: row.id,
    VSwitchName: row.name,
    VpcId: row.vpcId,
    ZoneId: row.zoneId,
  };
}
