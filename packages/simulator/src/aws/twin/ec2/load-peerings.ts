import type { RegionSnapshot } from '@postern/core';
import type { Peering, PeeringSide } from '@postern/core/snapshot';
import type { AwsCall } from '../../operation/call.js';
import type { PeeringRow, PeeringSideRow } from '../../ec2/state.js';
import type { Lack } from '../lack.js';

/** Peering connections, with the blocks of networks that other accounts or regions have behind them. */
export function loadPeerings(call: AwsCall, { peerings }: RegionSnapshot, lack: Lack): void {
  if (peerings === undefined) return lack(`the peering connections of ${call.region} were not read`);
  for (const { id, nativeState, state, sides } of peerings) {
    const [requester, accepter] = sides;
    call.state.ec2.peerings.set(id, {
      id,
      requester: sideRow(call, requester),
      accepter: sideRow(call, accepter),
      status: statusOf(nativeState, state),
      tags: {},
    });
  }
}

function sideRow(call: AwsCall, side: PeeringSide): PeeringSideRow {
  const [first = '', ...further] = side.cidrBlocks ?? [];
  return {
    vpcId: side.networkId,
    ownerId: side.account ?? call.account,
    region: side.region ?? call.region,
    cidrBlock: first,
    ...(further.length > 0 && !call.state.ec2.vpcs.has(side.networkId) ? { furtherBlocks: further } : {}),
  };
}

const STATUSES: readonly PeeringRow['status'][] = [
  'active',
  'pending-acceptance',
  'deleted',
  'rejected',
  'expired',
  'failed',
  'provisioning',
];

/** For states that last only a moment. */
const NEAREST = {
  active: 'active',
  pending: 'provisioning',
  failed: 'failed',
  deleted: 'deleted',
  unknown: 'failed',
} as const;

function statusOf(nativeState: string, state: Peering['state']): PeeringRow['status'] {
  return STATUSES.find((status) => status === nativeState) ?? NEAREST[state];
}
