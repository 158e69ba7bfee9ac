import { raise } from '../../../../simulation/raise.js';
import type { CacheClusterSize } from '@aws-sdk/client-api-gateway';
import type { AwsCall, TimerHandlers } from '../../../operation/operation.js';
import type { RestStageRow } from '../state.js';
import { STAGE_WORDS } from './words.js';

/**
 * Gigabytes. @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
 */
const SIZES: readonly CacheClusterSize[] = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

/**
 * "Creating or deleting a cache takes about 4 minutes". A cluster of another size takes the place of the earlier one, so that this
 * takes as long, and what was cached is lost. Simulated milliseconds.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
const CACHE_CLUSTER_MS = 240_000;
/** [I] */
const FLUSH_MS = 5_000;

/** Refuses a size that no cluster has. @throws {ServiceError} BadRequestException */
export function clusterSize(size: string): CacheClusterSize {
  return SIZES.find((one) => one === size) ?? raise(STAGE_WORDS.cacheSize(size));
}

/**
 * The stage once its cluster follows its settings. A size without a cluster is kept and makes none. A change while another is in
 * progress takes its place [U].
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/22866 (a size alone: NOT_AVAILABLE)
 * @param before the stage before its settings were changed; undefined: it is new
 */
export function followCluster(
  call: AwsCall,
  apiId: string,
  before: RestStageRow | undefined,
  after: RestStageRow,
): RestStageRow {
  const had = before?.cacheClusterEnabled === true;
  if (after.cacheClusterEnabled !== true) {
    return had ? begin(call, apiId, after, 'DELETE_IN_PROGRESS', CACHE_CLUSTER_MS) : after;
  }

  const cacheClusterSize = after.cacheClusterSize ?? '0.5'; // the smallest [U]
  if (had && before.cacheClusterSize === cacheClusterSize) return after;

  return begin(call, apiId, { ...after, cacheClusterSize }, 'CREATE_IN_PROGRESS', CACHE_CLUSTER_MS);
}

/**
 * The stage whose cache is being flushed. A second flush at the same time is accepted and does nothing more [I].
 * @throws {ServiceError} BadRequestException where no cache is available [U]
 */
export function flushed(call: AwsCall, apiId: string, row: RestStageRow): RestStageRow {
  if (row.cacheClusterStatus === 'FLUSH_IN_PROGRESS') return row;
  if (row.cacheClusterStatus !== 'AVAILABLE') throw STAGE_WORDS.noCache(row.stageName);

  return begin(call, apiId, row, 'FLUSH_IN_PROGRESS', FLUSH_MS);
}

type InProgress = 'CREATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS' | 'FLUSH_IN_PROGRESS';

function begin(call: AwsCall, api: string, row: RestStageRow, status: InProgress, ms: number): RestStageRow {
  call.after(ms, 'stage-cache.done', { api, stage: row.stageName, status, since: call.now });
  return { ...row, cacheClusterStatus: status, cacheSince: call.now };
}

/** State changes of cache clusters over time. A change that another one has replaced does nothing. */
export const cacheClusterTimers: TimerHandlers = {
  'stage-cache.done': (call, { api, stage, status, since }) => {
    const stages = call.state.restApi.apis.get(String(api))?.stages;
    const row = stages?.get(String(stage));
    if (!row || row.cacheClusterStatus !== status || row.cacheSince !== since) return;

    const cacheClusterStatus = status === 'DELETE_IN_PROGRESS' ? 'NOT_AVAILABLE' : 'AVAILABLE';
    stages?.set(row.stageName, { ...row, cacheClusterStatus, cacheSince: call.now });
  },
};
