import type { CallContext } from '../calls/call-context.js';
import { onAbort } from '../clocks/abort.js';
import type { ErrorCode } from '../error-codes.js';
import { CloudError } from '../errors.js';

/**
 * After so many reads that failed to the end of their retries an operation is not asked again. "Too many" is said of the operation; a
 * failure may be one resource's own, and the others should still be read.
 */
const MOST: ReadonlyMap<ErrorCode, number> = new Map([
  ['THROTTLED', 1],
  ['CLOUD_FAILED', 3],
  ['ENDPOINT_UNREACHABLE', 3],
]);

/** Retries take minutes, and an account may have thousands of things to read by one operation: this keeps an observation bounded. */
export interface Patience {
  /** What to read with: operations that were given up reject at once, those that wait for their turn included. */
  readonly ctx: CallContext;
  /** Is told of every read that failed for good. */
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
