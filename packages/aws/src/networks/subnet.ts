import type { CallContext } from '@postern/core/internal/library';
import type { Subnet, NetworkInterface, Zone, Flow } from '@postern/core/internal/snapshot';
import type { Filter, Ipv6Association, SubnetOutput, FlowLogOutput } from '../sdk-types.js';
import { batchesOf, listAll } from '../client/list-all.js';
import { plain, tagMap, type Session } from '../client/session.js';
import type { Gaps, Link } from '@postern/core/internal/adapter';

/**
 * The most values that one filter of EC2 accepts:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
 */
const FILTER_VALUES = 200;

/**
 * Subnets by id; without ids, all. Unknown ids are missing from the answer: a filter, unlike `SubnetIds`, does not fail
 * the whole call because of one.
 */
export async function describeSubnets(
  session: Session,
  ctx: CallContext,
  ids?: readonly string[],
): Promise<readonly SubnetOutput[]> {
  const list = (filters: Filter[] | undefined) =>
    listAll(session, ctx, 'subnets', 'ec2', 'DescribeSubnets', { ...(filters && { Filters: filters }) });

  if (ids === undefined) return list(undefined);

  return inBatches(ids, (batch) => list([{ Name: 'subnet-id', Values: batch }]));
}

/** Calls `list` with the distinct ids, as many at a time as a filter accepts. Without ids it makes no call. */
export async function inBatches<T>(
  ids: readonly string[],
  list: (batch: string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  return (await Promise.all(batchesOf([...new Set(ids)], FILTER_VALUES).map(list))).flat();
}

/** A subnet in the portable form; its zone is the zone's id, since names differ between accounts. */
export function toSubnet(subnet: SubnetOutput): Subnet {
  const tags = tagMap(subnet.Tags);
  return {
    id: subnet.SubnetId,
    name: tags['Name'],
    networkId: subnet.VpcId,
    cidrBlock: subnet.CidrBlock ?? '',
    ipv6CidrBlocks: ipv6Blocks(subnet.Ipv6CidrBlockAssociationSet),
    zone: subnet.AvailabilityZoneId,
    freeAddresses: subnet.AvailableIpAddressCount,
    isDefault: subnet.DefaultForAz,
    account: subnet.OwnerId,
    tags,
    raw: plain(subnet),
  };
}

/** The IPv6 blocks that a VPC or subnet has now. */
export function ipv6Blocks(associations: readonly Ipv6Association[] | undefined): readonly string[] {
  return (associations ?? []).flatMap(({ Ipv6CidrBlock, Ipv6CidrBlockState }) =>
    Ipv6CidrBlockState?.State === 'associated' ? (Ipv6CidrBlock ?? []) : [],
  );
}

/** The one VPC of all of these subnets, or of these security groups. `undefined` where the VPC of one of them is not known. */
export function onlyNetwork(
  ids: readonly string[],
  known: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const networks = new Set(ids.map((id) => known.get(id)));
  return networks.size === 1 ? [...networks][0] : undefined;
}

/** The VPCs of resources, by the resources' ids. */
export function networksOf(
  resources: readonly { readonly id: string; readonly networkId?: string | undefined }[],
): ReadonlyMap<string, string | undefined> {
  return new Map(resources.map(({ id, networkId }) => [id, networkId] as const));
}

/** Finds the ids of zones. Load balancers speak of zones by the account's own names for them. */
export interface ZoneFinder {
  readonly idOf: (zoneName: string) => string | undefined;
  readonly ofSubnet: (subnetId: string) => string | undefined;
  /** The zone of an instance, or of a private address of a network. */
  readonly ofTarget: (instanceOrAddress: string, networkId: string | undefined) => string | undefined;
}

/** A finder of the zones that were read. Where they were not read, the zones of subnets are used. */
export function zoneFinder(
  zones: readonly Zone[] | undefined,
  subnets: readonly Subnet[],
  interfaces: readonly NetworkInterface[],
): ZoneFinder {
  const names = new Map<string, string>();
  for (const { zone, raw } of subnets) {
    const name = (raw as SubnetOutput | null)?.AvailabilityZone;
    if (name !== undefined && zone !== '') names.set(name, zone);
  }
  for (const { id, name } of zones ?? []) if (name !== undefined) names.set(name, id);
  const bySubnet = new Map(subnets.map(({ id, zone }) => [id, zone] as const));
  const places = new Map<string, string>();
  for (const { attachedTo, addresses, networkId, subnetId } of interfaces) {
    const zone = bySubnet.get(subnetId);
    if (zone === undefined) continue;

    for (const key of attachedTo === undefined ? addresses : [attachedTo, ...addresses]) {
      places.set(`${networkId} ${key}`, zone);
    }
  }
  return {
    idOf: (name) => names.get(name),
    ofSubnet: (id) => bySubnet.get(id),
    ofTarget: (target, networkId) => places.get(`${networkId} ${target}`),
  };
}

/** How far back records are read. */
const WINDOW_MS = 3_600_000;
/** Values of a filter of EC2. */
const MOST_VALUES = 200;
const TCP = '6';

/** A record, by the names of its fields. */
type FlowRecord = Readonly<Record<string, string>>;

/**
 * What the interfaces of links sent in the last hour, by their IDs, as flow logs in CloudWatch Logs show it. An interface
 * is missing where no such flow log is its own, its subnet's or its VPC's, or where the format lacks a field that is
 * needed. Records that go to S3 or Firehose are not read. The newest records are missing: they come up to ten minutes
 * late, and some minutes later still.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export async function observeFlows(
  session: Session,
  links: readonly Link[],
  interfaces: readonly NetworkInterface[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly Flow[]>> {
  const own = interfaces.filter(({ linkId }) => links.some(({ id }) => id === linkId));
  const resources = new Set(own.flatMap(({ id, subnetId, networkId }) => [id, subnetId, networkId]));
  const named = { id: 'flow logs', of: 'interfaces' } as const;
  const logs = await gaps.attempt({ what: 'flow logs', ...named }, async () =>
    (
      await Promise.all(
        batchesOf([...resources], MOST_VALUES).map((Values) =>
          listAll(session, ctx, 'flow logs', 'ec2', 'DescribeFlowLogs', { Filter: [{ Name: 'resource-id', Values }] }),
        ),
      )
    ).flat(),
  );
  const now = ctx.time?.now()?.latestMs ?? ctx.clock.now();
  const read = await Promise.all(
    own.map(async (one) => {
      const used = logsOf(one, logs ?? []);
      if (used.length === 0) return undefined;

      const lists = await gaps.attempt({ what: `flow log records of ${one.id}`, ...named }, () =>
        Promise.all(used.map((log) => recordsOf(session, one.id, log, now, ctx))),
      );
      return lists && ([one.id, flowsOf(one, lists.flat())] as const);
    }),
  );
  return new Map(read.filter((one) => one !== undefined));
}

/** One that has all traffic, or else those of accepted and of refused traffic: one of these alone shows half of what happened. */
function logsOf(one: NetworkInterface, logs: readonly FlowLogOutput[]): readonly FlowLogOutput[] {
  const fit = logs.filter(
    ({ ResourceId, FlowLogStatus, LogGroupName, LogFormat = '' }) =>
      [one.id, one.subnetId, one.networkId].includes(ResourceId ?? '') &&
      FlowLogStatus === 'ACTIVE' &&
      LogGroupName !== undefined &&
      NEEDED.every((field) => LogFormat.includes(`\${${field}}`)),
  );
  const whole = fit.find(({ TrafficType }) => TrafficType === 'ALL');
  if (whole !== undefined) return [whole];

  const halves = ['ACCEPT', 'REJECT'].flatMap((type) => fit.find(({ TrafficType }) => TrafficType === type) ?? []);
  return halves.length === 2 ? halves : [];
}

const NEEDED = ['srcaddr', 'dstaddr', 'srcport', 'dstport', 'end', 'action'] as const;

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html (streams: `eni-0a1b2c3d-all`) */
async function recordsOf(
  session: Session,
  id: string,
  { LogGroupName: logGroupName, LogFormat = '' }: FlowLogOutput,
  now: number,
  ctx: CallContext,
): Promise<readonly FlowRecord[]> {
  const fields = [...LogFormat.matchAll(/\$\{([^{}]+)\}/g)].map(([, field = '']) => field);
  const wanted = { logGroupName, logStreamNamePrefix: `${id}-`, startTime: Math.floor(now - WINDOW_MS) };
  const events = await listAll(session, ctx, 'flow log records', 'logs', 'FilterLogEvents', wanted);
  return events.map(({ message = '' }) => {
    const values = message.split(' ');
    return Object.fromEntries(fields.map((field, at) => [field, values[at] ?? '-']));
  });
}

/** The records of one address and port together. What arrives from an address that was called is its answer. */
function flowsOf({ addresses }: NetworkInterface, records: readonly FlowRecord[]): readonly Flow[] {
  const flows = new Map<string, { -readonly [K in keyof Flow]: Flow[K] }>();
  for (const record of records) {
    const { srcaddr = '', dstaddr = '', srcport, dstport, protocol = TCP, action, end } = record;
    const isOut = addresses.includes(srcaddr);
    if (protocol !== TCP || isOut === addresses.includes(dstaddr)) continue;

    const [to, port] = isOut ? [dstaddr, Number(dstport)] : [srcaddr, Number(srcport)];
    const flow = flows.get(`${to} ${port}`) ?? { to, port, sent: 0, refused: 0, answered: 0 };
    flows.set(`${to} ${port}`, flow);
    const at = new Date(Number(end) * 1000).toISOString();
    if (action === 'REJECT' && isOut) {
      flow.refused += 1;
      flow.refusedAt = later(flow.refusedAt, at);
    } else if (action === 'ACCEPT' && isOut) {
      flow.sent += 1;
      flow.sentAt = later(flow.sentAt, at);
    } else if (action === 'ACCEPT') {
      flow.answered += 1;
      flow.answeredAt = later(flow.answeredAt, at);
    }
  }
  return [...flows.values()].filter(({ sent, refused }) => sent + refused > 0);
}

function later(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}
