import type { CallContext } from '@postern/core';
import { isPosternError } from '@postern/core/adapter';
import type { SourceInstance } from '@postern/core/handover';
import { numberOf } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** A week has the peaks of each of its days. */
const PERIOD_MS = 7 * 86_400_000;
/** Figures are of one stage each, of all groups of an instance. */
const STAGES = ['RELEASE', 'PRE', 'TEST'];

/**
 * The most requests per second of an instance within a week: sums over its stages. Undefined where they may not be read, and where
 * the service reports no figure at all: then it is not known whether there were no calls.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstanceqps
 */
export async function readPeak(
  session: Session,
  InstanceId: string,
  ctx: CallContext,
): Promise<SourceInstance['peak']> {
  const now = ctx.clock.now();
  const [from, to] = [written(now - PERIOD_MS), written(now)];
  const sums = new Map<string, number>();
  try {
    for (const StageName of STAGES) {
      const input = { InstanceId, StageName, StartTime: from, EndTime: to };
      const { InstanceQps } = await session.call(ctx, 'CloudAPI', 'DescribeInstanceQps', input);
      for (const { ItemTime = '', ItemValue } of InstanceQps?.MonitorItem ?? [])
        sums.set(ItemTime, (sums.get(ItemTime) ?? 0) + (numberOf(ItemValue) ?? 0));
    }
  } catch (error) {
    if (isPosternError(error, 'PERMISSION_DENIED') || isPosternError(error, 'UNSUPPORTED')) return undefined;
    throw error;
  }
  return sums.size === 0 ? undefined : { requestsPerSecond: Math.max(...sums.values()), from, to };
}

/** `2016-07-23T08:28:48Z`. */
const written = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}/, '');
