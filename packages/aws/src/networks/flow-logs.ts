import type { Gaps, CallContext, Link } from '@postern/core/internal/adapter';
import type { Flow, NetworkInterface } from '@postern/core/internal/snapshot';
import { batchesOf, listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';
import type { FlowLogOutput } from '../sdk-types.js';

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
