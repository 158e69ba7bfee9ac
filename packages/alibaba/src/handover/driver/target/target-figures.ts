import type { CallContext } from '@postern/core';
import { collectPages } from '@postern/core/adapter';
import type { GatewayCalls } from '../../switch/witness.js';
import { jsonIn, numberOf } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';

/**
 * Open connections between callers and a gateway, by the minute. The namespace has connections, bandwidth, load and limited requests of
 * a gateway: neither how many calls it answered, nor which of them failed.
 * @see https://cloudmonitor.console.alibabacloud.com/metric-meta/acs_cnapigateway/cnapigateway
 */
const CONNECTIONS = {
  Namespace: 'acs_cnapigateway',
  MetricName: 'EnvoyClientActiveConnection',
  Period: '60',
} as const;

/**
 * Services report to CloudMonitor with a delay: five to ten minutes more are advised for the newest value.
 * @see https://www.alibabacloud.com/help/en/cms/use-cases/query-monitoring-data-by-calling-api-operations
 */
const DELAY_MS = 600_000;

/** What CloudMonitor last counted of a gateway up to a moment. Without a data point nothing is known. */
export async function targetFigures(
  session: Session,
  gatewayId: string,
  atMs: number,
  ctx: CallContext,
): Promise<GatewayCalls> {
  const operation = 'DescribeMetricList';
  const query = {
    ...CONNECTIONS,
    Dimensions: JSON.stringify([{ instanceId: gatewayId }]),
    StartTime: String(atMs - DELAY_MS),
    EndTime: String(atMs),
  };
  const points = await collectPages(ctx, { what: 'data points', operation }, async (token) => {
    const page = token === undefined ? query : { ...query, NextToken: token };
    const { Datapoints, NextToken } = await session.call(ctx, 'Cms', operation, page);
    return { items: pointsOf(Datapoints), ...(NextToken ? { next: NextToken } : {}) };
  });
  const newest = points.toSorted((one, other) => other.at - one.at)[0];
  return newest === undefined ? {} : { connections: newest.value };
}

interface Point {
  readonly timestamp?: unknown;
  readonly Average?: unknown;
}

/** The points of a JSON text, in any order. Other items are not counted. */
function pointsOf(text: string | undefined): readonly { readonly at: number; readonly value: number }[] {
  const points = jsonIn(text ?? '');
  return (Array.isArray(points) ? (points as readonly (Point | null)[]) : []).flatMap((point) => {
    const at = numberOf(point?.timestamp);
    const value = numberOf(point?.Average);
    return at === undefined || value === undefined ? [] : [{ at, value }];
  });
}
