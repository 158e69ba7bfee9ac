import { overlaps } from '../../../simulation/addresses.js';
import type { VpcPeeringConnection, VpcPeeringConnectionVpcInfo } from '@aws-sdk/client-ec2';
import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import type { AwsState } from '../../state/aws-state.js';
import type { PeeringRow, PeeringSideRow, VpcRow } from '../state.js';
import { parseBlock } from '../request/text-rules.js';
import { tagList } from '../request/family.js';

const HOUR_MS = 3_600_000;
/** How long a request waits to be accepted, simulated milliseconds. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html */
export const REQUEST_MS = 7 * 24 * HOUR_MS;
/**
 * How long connections that are over stay visible: to the side that ended it two hours, to the other one two days; of one
 * account, which is both, the longer.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle
 */
const VISIBLE_MS: Partial<Record<PeeringRow['status'], number>> = {
  failed: 2 * HOUR_MS,
  deleted: 2 * HOUR_MS,
  rejected: 48 * HOUR_MS,
  expired: 48 * HOUR_MS,
};

/** What a request lapses by, and what makes connections vanish that are over. */
export const peeringTimers: TimerHandlers = {
  'ec2.peering-expires': (call, data) => {
    const id = String(data['id']);
    if (call.state.ec2.peerings.get(id)?.status === 'pending-acceptance') setPeeringStatus(call, id, 'expired');
  },
  'ec2.peering-vanishes': ({ aws }, data) => {
    for (const { ec2 } of aws.regions.values()) ec2.peerings.delete(String(data['id']));
  },
};

/** Changes a connection's status, in both of its regions; one that is over vanishes after a while. */
export function setPeeringStatus(call: Pick<AwsCall, 'aws' | 'after'>, id: string, status: PeeringRow['status']): void {
  for (const row of copiesOf(call.aws, id)) {
    row.status = status;
    if (status !== 'pending-acceptance') row.expiresAt = undefined;
  }
  const visible = VISIBLE_MS[status];
  if (visible !== undefined) call.after(visible, 'ec2.peering-vanishes', { id });
}

/** The row of each of the connection's regions: sides may be in two. */
export function copiesOf(aws: AwsState, id: string): readonly PeeringRow[] {
  return [...aws.regions.values()].flatMap(({ ec2 }) => ec2.peerings.get(id) ?? []);
}

/** @throws {ServiceError} `InvalidStateTransition` unless the connection is in one of the states. */
export function needStatus(
  row: PeeringRow,
  wanted: PeeringRow['status'],
  ...from: readonly PeeringRow['status'][]
): void {
  if (from.includes(row.status)) return;

  throw new ServiceError(
    'InvalidStateTransition',
    `Invalid state transition for ${row.id}, attempted to transition from ${row.status} to ${wanted}`,
  );
}

/** Only the accepter may answer, and only in its own region. @throws {ServiceError} `OperationNotPermitted`. */
export function needAccepter({ account, region }: AwsCall, row: PeeringRow, verb: 'accept' | 'reject'): void {
  if (row.accepter.ownerId !== account) {
    throw new ServiceError('OperationNotPermitted', `User ${account} cannot ${verb} peering ${row.id}`);
  }
  if (row.accepter.region === region) return;

  throw new ServiceError(
    'OperationNotPermitted',
    `Incorrect region (${region}) specified for this request. VPC peering connection ${row.id} must be ${verb}ed in region ${row.accepter.region}`,
  );
}

/** Whether two VPCs have an address in common. */
export function vpcsOverlap(a: VpcRow, b: VpcRow): boolean {
  const blocks = (vpc: VpcRow) =>
    [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks].flatMap(({ state, cidrBlock }) =>
      state === 'associated' ? (parseBlock(cidrBlock) ?? []) : [],
    );
  return blocks(a).some((one) => blocks(b).some((other) => overlaps(one, other)));
}

/**
 * A connection's status in the text that the API shows beside its code. The text of a failure is from the
 * documentation.
 */
function peeringMessage({ status, accepter }: PeeringRow): string {
  const messages: Partial<Record<PeeringRow['status'], string>> = {
    active: 'Active',
    'pending-acceptance': `Pending Acceptance by ${accepter.ownerId}`,
    failed: 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range',
  };
  return messages[status] ?? status;
}

/** A peering connection as the API shows it. */
export function peeringView({ aws }: AwsCall, row: PeeringRow): VpcPeeringConnection {
  return {
    VpcPeeringConnectionId: row.id,
    RequesterVpcInfo: sideView(aws, row, row.requester),
    AccepterVpcInfo: sideView(aws, row, row.accepter),
    ExpirationTime: row.expiresAt,
    Status: { Code: row.status, Message: peeringMessage(row) },
    Tags: tagList(row.tags),
  };
}

/** A side, with the blocks that its VPC has now where that is in this world. */
function sideView(aws: AwsState, { status }: PeeringRow, side: PeeringSideRow): VpcPeeringConnectionVpcInfo {
  const vpc = aws.regions.get(side.region)?.ec2.vpcs.get(side.vpcId);
  const associated = (rows: readonly { readonly state: string; readonly cidrBlock: string }[]) =>
    rows.filter(({ state }) => state === 'associated').map(({ cidrBlock }) => cidrBlock);
  const known = side.cidrBlock === '' ? [] : [side.cidrBlock]; // another account's, until it has accepted
  const further = side.furtherBlocks ?? [];
  const isIpv6 = (block: string): boolean => block.includes(':');
  const blocks = vpc ? associated(vpc.cidrBlocks) : [...known, ...further.filter((block) => !isIpv6(block))];
  const six = vpc ? associated(vpc.ipv6CidrBlocks) : further.filter(isIpv6);
  return {
    VpcId: side.vpcId,
    OwnerId: side.ownerId,
    Region: side.region,
    CidrBlock: known[0],
    CidrBlockSet: blocks.map((CidrBlock) => ({ CidrBlock })),
    ...(six.length > 0 && { Ipv6CidrBlockSet: six.map((Ipv6CidrBlock) => ({ Ipv6CidrBlock })) }),
    ...(status === 'active' && {
      PeeringOptions: {
        AllowDnsResolutionFromRemoteVpc: side.allowDnsResolution ?? false,
        AllowEgressFromLocalClassicLinkToRemoteVpc: false,
        AllowEgressFromLocalVpcToRemoteClassicLink: false,
      },
    }),
  };
}
