import type { CallContext } from '@postern/core';
import { isPosternError } from '@postern/core/adapter';
import type { MeasuredPeak } from '../../source/source.js';
import { numberOf, utcText } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';

/** A week has the peaks of each of its days. */
const PERIOD_MS = 7 * 86_400_000;
/** Figures of requests are of one stage each, of all groups of an instance. */
const STAGES = ['RELEASE', 'PRE', 'TEST'];

interface Items {
  readonly MonitorItem?:
    readonly { readonly ItemTime?: string | undefined; readonly ItemValue?: string | undefined }[] | undefined;
}

/**
 * The most requests per second of an instance within a week, as sums over its stages, and the most new connections. Undefined where
 * they may not be read, and where the service reports no figure at all: then it is not known whether there were no calls.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstanceqps
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstancenewconnections
 */
export async function readPeak(
  session: Session,
  InstanceId: string,
  ctx: CallContext,
): Promise<MeasuredPeak | undefined> {
  const now = ctx.clock.now();
  const [from, to] = [utcText(now - PERIOD_MS), utcText(now)];
  const period = { InstanceId, StartTime: from, EndTime: to };
  const requestsPerSecond = await mostOf(
    STAGES.map((StageName) => async () => {
      const { InstanceQps } = await session.call(ctx, 'CloudAPI', 'DescribeInstanceQps', { ...period, StageName });
      return InstanceQps;
    }),
  );
  if (requestsPerSecond === undefined) return undefined;
  const newConnections = await mostOf([
    async () => {
      const input = { ...period, SbcName: 'Maximum' };
      const answer = await session.call(ctx, 'CloudAPI', 'DescribeInstanceNewConnections', input);
      return answer.InstanceNewConnections;
    },
  ]);
  return { requestsPerSecond, ...(newConnections === undefined ? {} : { newConnections }), from, to };
}

/** The largest sum of items of the same time. */
async function mostOf(reads: readonly (() => Promise<Items | undefined>)[]): Promise<number | undefined> {
  const sums = new Map<string, number>();
  try {
    for (const read of reads)
      for (const { ItemTime = '', ItemValue } of (await read())?.MonitorItem ?? [])
        sums.set(ItemTime, (sums.get(ItemTime) ?? 0) + (numberOf(ItemValue) ?? 0));
  } catch (error) {
    if (isPosternError(error, 'PERMISSION_DENIED') || isPosternError(error, 'UNSUPPORTED')) return undefined;
    throw error;
  }
  return sums.size === 0 ? undefined : Math.max(...sums.values());
}
