import type { RegionSnapshot } from '@postern/core';
import type { PeeringSide } from '@postern/core/snapshot';
import type { AlibabaState } from '../state/alibaba-state.js';
import type { PeeringSideRow, VpcPeeringRow } from '../vpc-peer/state.js';

/** What belongs to no region: roles, and peerings, which the regions at both of their ends list. */
export function loadAccount(alibaba: AlibabaState, snapshot: RegionSnapshot, now: number): void {
  for (const { name, exists } of snapshot.serviceRoles ?? []) {
    if (!exists || alibaba.roles.has(name)) continue;
    alibaba.roles.set(name, {
      id: '300000000000000000',
      name,
      arn: `acs:ram::${alibaba.account}:role/${name.toLowerCase()}`,
      description: '',
      service: 'connectuservpc.apigateway.aliyuncs.com',
      createdAt: now,
    });
  }
  for (const peering of snapshot.peerings ?? []) {
    const [requester, accepter] = peering.sides;
    alibaba.peerings.set(peering.id, {
      id: peering.id,
      requester: sideOf(requester, snapshot),
      accepter: sideOf(accepter, snapshot),
      name: '',
      description: '',
      status: peering.nativeState as VpcPeeringRow['status'],
      createdAt: now,
      modifiedAt: now,
      tags: {},
    });
  }
}

function sideOf({ networkId, account, region, cidrBlocks }: PeeringSide, snapshot: RegionSnapshot): PeeringSideRow {
  return { vpcId: networkId, account: account ?? snapshot.account, region: region ?? snapshot.region, cidrBlocks };
}
