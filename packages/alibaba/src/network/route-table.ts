import type { Gaps, CallContext } from '@postern/core/internal/adapter';
import type { NextHop, RouteEntry, RouteTable, Peering, PeeringSide } from '@postern/core/internal/snapshot';
import { eachOf, plain, isWord } from '../client/plain.js';
import { listAll, type Listed } from '../client/lists.js';
import type { Session } from '../client/session.js';
import { accountOf } from './network.js';

export type EntryOutput = Listed<'Vpc', 'DescribeRouteEntryList'>;
type HopOutput = NonNullable<NonNullable<EntryOutput['NextHops']>['NextHop']>[number];

/**
 * The kind of a next hop, by the service's word for it.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describerouteentrylist
 */
const HOPS: Readonly<Record<string, NextHop['kind']>> = {
  local: 'local',
  vpcpeer: 'peering',
  vpngateway: 'vpn-gateway',
  routerinterface: 'express-connect',
  ecr: 'express-connect',
  attachment: 'transit-gateway',
  natgateway: 'nat',
  ipv4gateway: 'internet',
  ipv6gateway: 'internet',
  instance: 'instance',
  havip: 'instance',
  networkinterface: 'interface',
  gatewayendpoint: 'endpoint',
  gatewayloadbalancerendpoint: 'endpoint',
};

/**
 * The route tables of the region, or of some VPCs, with their entries: one list of the tables, and one of the entries
 * of each. Where only the entries cannot be read, the tables have none (`routes` is undefined), and a gap is reported.
 */
export async function listRouteTables(
  session: Session,
  ctx: CallContext,
  gaps: Gaps,
  vpcIds?: readonly string[],
): Promise<readonly RouteTable[]> {
  const listed = await listAll(session, ctx, 'route tables', 'Vpc', 'DescribeRouteTableList');
  const rows = vpcIds === undefined ? listed : listed.filter(({ VpcId = '' }) => vpcIds.includes(VpcId));
  const entries = await gaps.attempt({ what: 'entries of route tables', of: 'routeTables' }, () =>
    eachOf(rows, ({ RouteTableId }) =>
      listAll(session, ctx, `routes of ${RouteTableId}`, 'Vpc', 'DescribeRouteEntryList', { RouteTableId }),
    ),
  );
  return rows.map((row, index) => ({
    id: row.RouteTableId,
    // That of a virtual border router may have none.
    networkId: row.VpcId ?? '',
    main: isWord(row.RouteTableType, 'system'),
    routes: entries?.[index]?.flatMap(toRoutes),
    raw: plain(row),
  }));
}

/** One route for each next hop. An entry may have several of equal rank, and a disabled one carries no packets. */
export function toRoutes(entry: EntryOutput): readonly RouteEntry[] {
  const { DestinationCidrBlock: to = '', Type = '', Status = '' } = entry;
  const hops = entry.NextHops?.NextHop ?? [];
  const destination = /^[a-z]+-/.test(to) ? { prefixListId: to } : { cidrBlock: to };
  const enabled = hops.filter((hop) => hop.Enabled !== 0);
  // An entry without an enabled next hop still exists and matches packets.
  const used: readonly HopOutput[] = enabled.length > 0 ? enabled : [hops[0] ?? {}];
  const known = enabled.length > 0 || hops.length === 0;
  return used.map((hop) => ({
    ...destination,
    nextHop: toNextHop(hop, Type),
    state: stateOf(Status, known),
    origin: originOf(Type),
  }));
}

function toNextHop({ NextHopType = '', NextHopId }: HopOutput, type: string): NextHop {
  const word = NextHopType.toLowerCase();
  // The VPC's own entries have no next hop type in some responses.
  const unsaid = word === '' && /^system$/i.test(type) ? 'local' : undefined;
  const kind = Object.hasOwn(HOPS, word) ? HOPS[word] : unsaid;
  return { kind: kind ?? 'other', id: NextHopId || undefined, native: NextHopType || undefined };
}

/** Only available entries carry packets. `Enabled: 0` means that the next hop is deleted or down. */
function stateOf(status: string, enabled: boolean): RouteEntry['state'] {
  if (!/^(?:available|modifying)$/i.test(status)) return 'unknown';

  return enabled ? 'active' : 'blackhole';
}

function originOf(type: string): RouteEntry['origin'] {
  if (/^system$/i.test(type)) return 'local';

  return /^custom$/i.test(type) ? 'static' : 'propagated';
}

type Row = Listed<'VpcPeer', 'ListVpcPeerConnections'>;

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
  const rows = await listAll(session, ctx, 'VPC peerings', 'VpcPeer', 'ListVpcPeerConnections');
  const own = await session.account(ctx);
  return rows.map((row) => {
    const native = row.Status ?? '';
    const word = native.toLowerCase();
    return {
      id: row.InstanceId,
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
