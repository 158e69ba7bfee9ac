import { type AlibabaCall, type AlibabaTimerHandlers, AlibabaError } from '../operation/operation.js';
import type { PeeringSideRow, VpcPeeringRow } from './state.js';
import { seconds } from '../vpc/request/text-rules.js';

/** How long a peering takes to be set up. No figure is published. */
export const PEERING_MS = 5_000;

/** A peering becomes active once both sides agree. */
export const peeringTimers: AlibabaTimerHandlers = {
  'network.peering': ({ alibaba, now }, { id }) => {
    const row = alibaba.peerings.get(String(id));
    if (row?.status !== 'Creating' && row?.status !== 'Updating') return;

    row.status = 'Activated';
    row.modifiedAt = now;
  },
};

/** @throws {AlibabaError} `ResourceNotFound.InstanceId` */
export function getPeering({ alibaba }: AlibabaCall, id: string): VpcPeeringRow {
  const row = alibaba.peerings.get(id);
  if (row) return row;

  throw new AlibabaError('ResourceNotFound.InstanceId', `The specified resource of ${id} is not found.`);
}

/** @throws {AlibabaError} `IncorrectStatus.VpcPeer` */
export function wrongStatus({ id, status }: VpcPeeringRow): AlibabaError {
  return new AlibabaError('IncorrectStatus.VpcPeer', `The status of VpcPeer [${id}] is incorrect: ${status}.`);
}

/** Whether one of the sides is a VPC of this account in the called region. */
export function isHere({ account, region }: AlibabaCall, { requester, accepter }: VpcPeeringRow): boolean {
  return [requester, accepter].some((side) => side.account === account && side.region === region);
}

/** A peering as all its actions answer it. */
export function peeringView(call: AlibabaCall, row: VpcPeeringRow) {
  return {
    InstanceId: row.id,
    Name: row.name,
    Description: row.description,
    Status: row.status,
    BizStatus: 'Normal',
    Bandwidth: -1,
    OwnerId: Number(row.requester.account),
    RegionId: row.requester.region,
    Vpc: sideView(call, row.requester),
    AcceptingOwnerUid: Number(row.accepter.account),
    AcceptingRegionId: row.accepter.region,
    AcceptingVpc: sideView(call, row.accepter),
    GmtCreate: seconds(row.createdAt),
    GmtModified: seconds(row.modifiedAt),
    ResourceGroupId: '',
    Tags: Object.entries(row.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function sideView({ alibaba, account }: AlibabaCall, side: PeeringSideRow) {
  const vpc = side.account === account ? alibaba.regions.get(side.region)?.network.vpcs.get(side.vpcId) : undefined;
  const blocks = vpc ? [vpc.cidrBlock, ...vpc.secondaryCidrBlocks] : (side.cidrBlocks ?? []);
  return {
    VpcId: side.vpcId,
    Ipv4Cidrs: blocks.filter((block) => !block.includes(':')),
    Ipv6Cidrs: blocks.filter((block) => block.includes(':')),
  };
}
