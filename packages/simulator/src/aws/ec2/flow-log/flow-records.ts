import { ownValue } from '../../../simulation/own-value.js';
import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { RegionState } from '../../state/aws-state.js';
import type { FlowLogRow, FlowRow } from './state.js';

/**
 * The fields of a record without a format of its own.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-default
 */
export const DEFAULT_FORMAT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
    .split(' ')
    .map((field) => `\${${field}}`)
    .join(' ');

const MINUTE = 60_000;
/** Flows of a region that are kept; the oldest are dropped. */
const MOST_FLOWS = 10_000;
/** One of the ports that an interface calls from. Calls of one minute share a connection. */
const SOURCE_PORT = 32_768;

/** What one call did at the interface that it left from. */
export interface Departure {
  readonly interfaceId: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly met: 'answered' | 'refused' | 'lost';
}

/** Records a call, where a flow log may show it. */
export function recordFlow({ ec2 }: RegionState, { interfaceId, from, to, port, met }: Departure, now: number): void {
  if (ec2.flowLogs.size === 0) return;

  const start = now - (now % MINUTE);
  const key = [interfaceId, to, port, start].join(' ');
  const row = ec2.flows.get(key) ?? { interfaceId, from, to, port, start, sent: 0, refused: 0, answered: 0 };
  if (met === 'refused') row.refused += 1;
  else row.sent += 1;
  if (met === 'answered') row.answered += 1;
  ec2.flows.set(key, row);
  for (const oldest of ec2.flows.keys()) {
    if (ec2.flows.size <= MOST_FLOWS) break;

    ec2.flows.delete(oldest);
  }
}

/**
 * The events of a log group: the records of all flow logs that write to it, in streams of an interface each. They
 * come when the aggregation interval has ended. The published delay of some minutes after that is left out.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html (the names of streams)
 */
export function flowEvents(region: RegionState, group: string, account: string, now: number): FilteredLogEvent[] {
  const logs = [...region.ec2.flowLogs.values()].filter(({ fields }) => fields.LogGroupName === group);
  return logs.flatMap((log) =>
    [...region.ec2.flows.values()]
      .filter((flow) => flow.start >= log.fields.CreationTime.getTime() - MINUTE && isOf(region, log, flow))
      .flatMap((flow) => {
        const whole = log.fields.MaxAggregationInterval * 1000;
        if (flow.start - (flow.start % whole) + whole > now) return [];

        const stream = `${flow.interfaceId}-${log.fields.TrafficType.toLowerCase()}`;
        return recordsOf(region, log, flow, account).map((message, at) => ({
          logStreamName: stream,
          timestamp: flow.start,
          ingestionTime: flow.start + whole,
          message,
          eventId: `${stream}/${flow.to}/${flow.port}/${flow.start}/${at}`,
        }));
      }),
  );
}

function isOf(
  { ec2 }: RegionState,
  { fields: { ResourceId: resourceId } }: FlowLogRow,
  { interfaceId }: FlowRow,
): boolean {
  const eni = ec2.interfaces.get(interfaceId);
  return resourceId === interfaceId || resourceId === eni?.subnetId || resourceId === eni?.vpcId;
}

/** Calls that left, answers that came, calls that were refused: a line each. */
function recordsOf(region: RegionState, log: FlowLogRow, flow: FlowRow, account: string): string[] {
  const { from, to, port, sent, answered, refused } = flow;
  const out = { srcaddr: from, dstaddr: to, srcport: SOURCE_PORT, dstport: port, 'flow-direction': 'egress' };
  const back = { srcaddr: to, dstaddr: from, srcport: port, dstport: SOURCE_PORT, 'flow-direction': 'ingress' };
  const lines = [
    { ...out, count: sent, action: 'ACCEPT' },
    { ...back, count: answered, action: 'ACCEPT' },
    { ...out, count: refused, action: 'REJECT' },
  ].filter(({ count, action }) => count > 0 && ['ALL', action].includes(log.fields.TrafficType));
  const eni = region.ec2.interfaces.get(flow.interfaceId);
  return lines.map(({ count, ...line }) => {
    const values: Readonly<Record<string, string | number | undefined>> = {
      version: 2,
      'account-id': account,
      'interface-id': flow.interfaceId,
      'vpc-id': eni?.vpcId,
      'subnet-id': eni?.subnetId,
      protocol: 6,
      packets: count * 5,
      bytes: count * 900,
      start: flow.start / 1000,
      end: (flow.start + MINUTE) / 1000 - 1,
      'log-status': 'OK',
      ...line,
    };
    return log.fields.LogFormat.replaceAll(/\$\{([a-z0-9-]+)\}/g, (_, field: string) =>
      String(ownValue(values, field) ?? '-'),
    );
  });
}
