import { seconds } from './request/text-rules.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { EipRow, NatGatewayRow, SnatEntryRow } from './state.js';

/** A NAT gateway as lists show it. */
export const natGatewayView = ({ network, name: region }: AlibabaRegionState, row: NatGatewayRow) => ({
  NatGatewayId: row.id,
  RegionId: region,
  Name: row.name,
  Description: row.description,
  Status: row.status,
  VpcId: row.vpcId,
  NatType: 'Enhanced',
  NetworkType: row.networkType,
  BusinessStatus: 'Normal',
  InstanceChargeType: 'PostPaid',
  InternetChargeType: 'PayByLcu',
  CreationTime: seconds(row.createdAt),
  SnatTableIds: { SnatTableId: [row.snatTableId] },
  ForwardTableIds: { ForwardTableId: [row.forwardTableId] },
  NatGatewayPrivateInfo: { VswitchId: row.vSwitchId, IzNo: network.vSwitches.get(row.vSwitchId)?.zoneId ?? '' },
  IpLists: {
    IpList: [...network.eips.values()]
      .filter(({ natGatewayId }) => natGatewayId === row.id)
      .map(({ id, address }) => ({ AllocationId: id, IpAddress: address })),
  },
});

/** The block of an entry for a vSwitch is that of the vSwitch. */
export const snatEntryView = ({ network }: AlibabaRegionState, row: SnatEntryRow) => ({
  SnatEntryId: row.id,
  SnatTableId: network.natGateways.get(row.natGatewayId)?.snatTableId ?? '',
  NatGatewayId: row.natGatewayId,
  SnatEntryName: row.name,
  SnatIp: row.snatIp,
  SourceVSwitchId: row.sourceVSwitchId,
  SourceCIDR: row.sourceCidr === '' ? (network.vSwitches.get(row.sourceVSwitchId)?.cidrBlock ?? '') : row.sourceCidr,
  Status: 'Available',
});

export const eipView = (row: EipRow) => ({
  AllocationId: row.id,
  IpAddress: row.address,
  Name: row.name,
  Status: row.natGatewayId === '' ? 'Available' : 'InUse',
  InstanceId: row.natGatewayId,
  InstanceType: row.natGatewayId === '' ? '' : 'Nat',
  AllocationTime: seconds(row.createdAt),
});
