import type { CallContext } from '../../ground/calls/call-context.js';
import { onAbort } from '../../ground/clocks/abort.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import { CloudError } from '../../ground/errors.js';

/**
 * The number of reads that may fail after all retries before an operation is not called again. "Too many
 * requests" concerns the operation. Another failure may concern one resource only, and the others should
 * still be read.
 */
const MOST: ReadonlyMap<ErrorCode, number> = new Map([
  ['THROTTLED', 1],
  ['CLOUD_FAILED', 3],
  ['ENDPOINT_UNREACHABLE', 3],
]);

/**
 * Retries take minutes, and an account may have thousands of resources to read by one operation: this limits
 * the time of an observation.
 */
export interface Patience {
  /**
   * The context for reads: abandoned operations reject immediately, including those that wait for their turn.
   */
  readonly ctx: CallContext;
  /** Called with the error of every read that failed finally. */
  readonly failed: (error: CloudError) => void;
}

/** Starts one observation. Rejections are {@link CloudError}s with the code of the failures before. */
export function patience(ctx: CallContext): Patience {
  const failures = new Map<string, Set<CloudError>>();
  const ends = new Map<string, AbortController>();
  const endOf = (operation: string): AbortController => {
    const end = ends.get(operation) ?? new AbortController();
    ends.set(operation, end);
    return end;
  };
  return {
    ctx: {
      ...ctx,
      pace: {
        ...ctx.pace,
        slot: (key, limits, signal) => {
          const { signal: end } = endOf(key.operation);
          if (signal === undefined) return ctx.pace.slot(key, limits, end);
          const either = new AbortController();
          const stops = [signal, end].map((one) => onAbort(one, () => either.abort(one?.reason)));
          return ctx.pace.slot(key, limits, either.signal).finally(() => stops.forEach((stop) => stop()));
        },
      },
    },
    failed: (error) => {
      const most = MOST.get(error.code);
      if (most === undefined || endOf(error.operation).signal.aborted) return;
      const own = failures.get(`${error.operation} ${error.code}`) ?? new Set();
      failures.set(`${error.operation} ${error.code}`, own.add(error));
      if (own.size < most) return;
      ctx.log?.(`${error.operation}: ${error.code} to the last attempt, so it is not asked again`);
      const { code, operation, remedy } = error;
      endOf(operation).abort(
        new CloudError(code, 'not asked again after it failed to the last attempt', { operation, remedy }),
      );
    },
  };
}
