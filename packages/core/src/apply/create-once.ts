import type { CallContext } from '../calls/call-context.js';
import { exhaust, retryDelays, type RetryPolicy } from '../calls/retry.js';
import { throwIfAborted } from '../clocks/abort.js';
import { CloudError, isPosternError } from '../errors.js';

/** How one resource is looked for, made, and looked for again. */
export interface CreateOnceOptions<T> {
  /** What is made, for errors and progress: `link eu`. */
  readonly what: string;
  /** Looks for one that is already ours, by its mark. */
  readonly find: () => Promise<T | undefined>;
  /** Makes it: one call, not repeated below. */
  readonly create: () => Promise<T>;
  /** How long a list may not yet show what was created, in milliseconds. */
  readonly stalenessMs: number;
  /**
   * How long it is looked for before anything is created, in milliseconds: `stalenessMs` where a run that was killed may have made it
   * just now, or where making it twice costs money. Default 0: one look.
   */
  readonly lookMs?: number | undefined;
  readonly ctx: CallContext;
  /** Told before such a look. */
  readonly onLook?: ((message: string) => void) | undefined;
  /** Told before every wait. */
  readonly onRetry?:
    ((retry: { readonly attempt: number; readonly message: string; readonly error: CloudError }) => void) | undefined;
}

/** Creates in all. A throttled one waits out the staleness bound between two, so this is minutes, not seconds. */
const CREATES: RetryPolicy = { attempts: 6, baseMs: 500, throttledBaseMs: 500, capMs: 20_000, totalMs: 600_000 };
/** The first look after a lost answer; each later one comes after twice the time. */
const FIRST_LOOK_MS = 1_000;

/**
 * Makes sure that something of ours exists, without ever making it twice. It looks first. When a create's answer is lost, a
 * 5xx, or "too many requests" (which may come after the effect), it waits and looks until lists must show what was made.
 * Then it creates again only after "too many requests", which no list contradicts by then, and after refusals that never have
 * an effect; otherwise nobody knows, and `OUTCOME_UNKNOWN` ends this: the next run looks first.
 * @throws {CloudError} `OUTCOME_UNKNOWN`; `ABORTED`; the create's own error when it was certainly refused.
 */
export async function createOnce<T>(options: CreateOnceOptions<T>): Promise<T> {
  const { what, find, create, ctx } = options;
  const existing = (await find()) ?? (await lookBefore(options));
  if (existing !== undefined) return existing;

  const delays = retryDelays(ctx.random, CREATES);
  const startedMs = ctx.clock.monotonicMs();
  for (let attempt = 1; ; attempt += 1) {
    throwIfAborted(what, ctx.signal);
    const outcome = await create().then(
      (made) => ({ made }),
      (error: unknown) => ({ error }),
    );
    if ('made' in outcome) return outcome.made;
    const { error } = outcome;
    if (!(error instanceof CloudError) || error.code === 'ABORTED') throw error;

    const unsure = error.outcomeUnknown || error.code === 'CLOUD_FAILED' || (error.status ?? 0) >= 500;
    if (unsure || error.code === 'THROTTLED') {
      options.onRetry?.({ attempt, message: `${error.message}; looking whether it was done`, error });
      const found = await lookUntilVisible(options, error, unsure);
      if (found !== undefined) return found;
      if (unsure) throw outcomeUnknown(options, error, 'lists do not show it');
    } else if (error.code === 'ALREADY_EXISTS') {
      // Ours after all, when another run of the same project was faster.
      const found = await find();
      if (found !== undefined) return found;
      throw error;
    } else if (!error.retryable) {
      throw error;
    }

    if (error.exhausted) throw error;
    const delayMs = delays.next(ctx.clock.monotonicMs() - startedMs, { retryAfterMs: error.retryAfterMs });
    if (delayMs === undefined) throw exhaust(error);
    options.onRetry?.({ attempt: attempt + 1, message: `${error.message}; trying again`, error });
    await pause(options, delayMs, undefined);
    const found = await find();
    if (found !== undefined) return found;
  }
}

/** Looks for what a former run may have made, until lists must show it. */
async function lookBefore<T>(options: CreateOnceOptions<T>): Promise<T | undefined> {
  const { what, lookMs = 0, find, onLook } = options;
  if (lookMs <= 0) return undefined;
  onLook?.(`looking for ${what} for ${Math.round(lookMs / 1_000)} s before it is created: lists may not show it yet`);
  return lookUntil(options, lookMs, find, undefined);
}

/** Looks whether a create that was refused or whose answer was lost took effect. */
async function lookUntilVisible<T>(
  options: CreateOnceOptions<T>,
  lost: CloudError,
  unsure: boolean,
): Promise<T | undefined> {
  const find = (): Promise<T | undefined> =>
    options.find().catch((error: unknown) => {
      // Whoever cannot look does not know; the look's own error alone would sound as if nothing had been sent.
      if (!unsure) throw error;
      const why = isPosternError(error) ? error.message : String(error);
      throw outcomeUnknown(options, lost, `looking for it failed: ${why}`);
    });
  return lookUntil(options, options.stalenessMs, find, lost);
}

/** Looks at growing distances for `forMs`; the last look comes after it. */
async function lookUntil<T>(
  options: CreateOnceOptions<T>,
  forMs: number,
  find: () => Promise<T | undefined>,
  lost: CloudError | undefined,
): Promise<T | undefined> {
  const { clock } = options.ctx;
  const end = clock.monotonicMs() + forMs;
  for (let distanceMs = FIRST_LOOK_MS; ; distanceMs *= 2) {
    await pause(options, Math.max(0, Math.min(distanceMs, end - clock.monotonicMs())), lost);
    const found = await find();
    if (found !== undefined) return found;
    if (clock.monotonicMs() >= end) return undefined;
  }
}

/** Sleeps; an abort says whether something may have been made meanwhile. */
async function pause<T>(options: CreateOnceOptions<T>, ms: number, lost: CloudError | undefined): Promise<void> {
  const { ctx, what } = options;
  try {
    await ctx.clock.sleep(ms, ctx.signal);
  } catch (error) {
    if (lost && ctx.signal?.aborted) {
      throw new CloudError('ABORTED', `aborted before it was known whether ${what} was made`, {
        operation: lost.operation,
        requestId: lost.requestId,
        outcomeUnknown: true,
        cause: lost,
      });
    }
    throwIfAborted(what, ctx.signal);
    throw error;
  }
}

function outcomeUnknown<T>(options: CreateOnceOptions<T>, lost: CloudError, why: string): CloudError {
  return new CloudError('OUTCOME_UNKNOWN', `nobody knows whether ${options.what} was made: ${why}`, {
    operation: lost.operation,
    requestId: lost.requestId,
    status: lost.status,
    nativeCode: lost.nativeCode,
    outcomeUnknown: true,
    remedy: 'Run again in a few minutes; the next run looks for it before it makes anything.',
    cause: lost,
    details: { stalenessMs: options.stalenessMs },
  });
}
