import type { CallContext } from '../calls/call-context.js';
import { exhaust, retryDelays, type RetryPolicy } from '../calls/retry.js';
import { CloudError } from '../errors.js';

const POLICY: RetryPolicy = { attempts: 6, baseMs: 1_000, throttledBaseMs: 2_000, capMs: 20_000, totalMs: 300_000 };

/**
 * Runs something that is safe to repeat, and repeats it after a lost answer or a passing refusal. For effects that look
 * first by themselves, and for those that do no harm twice; everything else that creates goes through `createOnce`.
 */
export async function repeat<T>(
  ctx: CallContext,
  effect: () => Promise<T>,
  onRetry?: (retry: { readonly attempt: number; readonly message: string }) => void,
): Promise<T> {
  const delays = retryDelays(ctx.random, POLICY);
  const startedMs = ctx.clock.monotonicMs();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await effect();
    } catch (error) {
      if (!(error instanceof CloudError) || error.code === 'ABORTED') throw error;
      if (error.exhausted || (!error.outcomeUnknown && !error.retryable)) throw error;
      const throttled = error.code === 'THROTTLED';
      const delayMs = delays.next(ctx.clock.monotonicMs() - startedMs, { throttled, retryAfterMs: error.retryAfterMs });
      if (delayMs === undefined) throw exhaust(error);
      onRetry?.({ attempt: attempt + 1, message: error.message });
      await ctx.clock.sleep(delayMs, ctx.signal);
    }
  }
}
