import type { CallContext } from '@postern/core';
import { collectPages } from '@postern/core/adapter';
import type { Peering, PeeringSide } from '@postern/core/snapshot';
import type { Answer } from '../apis/actions.js';
import { latest } from '../client/pages.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { accountOf } from './network.js';

type Row = NonNullable<Answer<'VpcPeer', 'ListVpcPeerConnections'>['VpcPeerConnects']>[number];

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-listvpcpeerconnections */
const STATES: Readonly<Record<string, Peering['state']>> = {
  activated: 'active',
  updating: 'active', // it carries on while its bandwidth or name changes
  creating: 'pending',
  accepting: 'pending',
  rejected: 'failed',
  expired: 'failed',
  deleting: 'deleted',
  deleted: 'deleted',
};

/** All peerings of the region's VPCs, whichever side requested them. */
export async function listPeerings(session: Session, ctx: CallContext): Promise<readonly Peering[]> {
  const rows = await collectPages<Row>(
    ctx,
    { what: 'VPC peerings', operation: 'ListVpcPeerConnections' },
    async (token) => {
      const page = await session.call(ctx, 'VpcPeer', 'ListVpcPeerConnections', {
        MaxResults: 100,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      return { items: page.VpcPeerConnects ?? [], next: page.NextToken || undefined };
    },
  );
  const own = await session.account(ctx);
  return latest(rows, ({ InstanceId }) => InstanceId).map((row) => {
    const native = row.Status ?? '';
    const word = native.toLowerCase();
    return {
      id: row.InstanceId ?? '',
      state: (Object.hasOwn(STATES, word) ? STATES[word] : undefined) ?? 'unknown',
      nativeState: native,
      sides: [
        toSide(row.Vpc, accountOf(row, own), row.RegionId),
        toSide(row.AcceptingVpc, accountOf({ OwnerId: row.AcceptingOwnerUid }, own), row.AcceptingRegionId),
      ],
      raw: plain(row),
    };
  });
}

/** The response contains no list of blocks. Routes show what is sent to the peering. */
function toSide(vpc: Row['Vpc'], account: string | undefined, region: string | undefined): PeeringSide {
  const cidrBlocks = [...(vpc?.Ipv4Cidrs ?? []), ...(vpc?.Ipv6Cidrs ?? [])];
  return {
    networkId: vpc?.VpcId ?? '',
    account,
    region: region || undefined,
    cidrBlocks: cidrBlocks.length === 0 ? undefined : cidrBlocks,
  };
}
