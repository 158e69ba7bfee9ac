import type { CallContext } from '../../ground/calls/call-context.js';
import { retryDelays, type RetryPolicy } from '../../ground/calls/retry.js';
import { CloudError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import { pause, stepError } from './outcome.js';
import type { StepOutcome, StepError, Run } from './run.js';

const POLICY: RetryPolicy = { attempts: 6, baseMs: 1_000, throttledBaseMs: 2_000, capMs: 20_000, totalMs: 300_000 };

type Recorded<T extends Json> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: StepError; readonly retry?: Retry };

/** Why it may be tried again; `random` is the jitter of the delay. */
type Retry = { readonly throttled: boolean; readonly retryAfterMs: number | null; readonly random: number };

/**
 * Runs a step that is safe to repeat, and repeats it after a lost answer or a temporary refusal. For effects
 * that look first, and for those that are harmless if repeated. All other creations use `createInSteps`.
 */
export async function repeat<T extends Json>(
  run: Run,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  options: {
    readonly exclusive?: string | undefined;
    readonly cleansUp?: boolean | undefined;
    readonly reads?: boolean | undefined;
    readonly needsAgain?: boolean | undefined;
    readonly onRetry?: ((retry: { readonly attempt: number; readonly message: string }) => void) | undefined;
  } = {},
): Promise<StepOutcome<T>> {
  const { onRetry, ...how } = options;
  let random = 0;
  let sleptMs = 0;
  const delays = retryDelays(() => random, POLICY);
  for (let attempt = 1; ; attempt += 1) {
    const part = attempt === 1 ? undefined : `try ${attempt}`;
    const answer = await run.step<Recorded<T>>(id, (ctx) => tried(ctx, effect), { part, ...how });
    if (answer.ok || answer.retry === undefined) return answer;

    const { throttled, retryAfterMs } = answer.retry;
    random = answer.retry.random;
    const delayMs = delays.next(sleptMs, { throttled, retryAfterMs: retryAfterMs ?? undefined });
    if (delayMs === undefined) return { ok: false, error: { ...answer.error, exhausted: true } };

    onRetry?.({ attempt: attempt + 1, message: answer.error.message });
    const slept = await pause(run, `${id}: sleep ${attempt}`, delayMs);
    if (!slept.ok) return slept;

    sleptMs += delayMs;
  }
}

async function tried<T extends Json>(ctx: CallContext, effect: (ctx: CallContext) => Promise<T>): Promise<Recorded<T>> {
  try {
    return { ok: true, value: await effect(ctx) };
  } catch (thrown) {
    const error = stepError(thrown);
    const mayRepeat =
      thrown instanceof CloudError &&
      thrown.code !== 'ABORTED' &&
      !thrown.exhausted &&
      (thrown.outcomeUnknown || thrown.retryable);
    if (!mayRepeat) return { ok: false, error };

    const { code, retryAfterMs = null } = thrown;
    return { ok: false, error, retry: { throttled: code === 'THROTTLED', retryAfterMs, random: ctx.random() } };
  }
}

/** The first read is repeated after this time; each later one after twice the time of the previous one. */
const FIRST_MS = 1_000;

/**
 * Reads until `isThere`, or until a read must show what was written before the first one (`stalenessMs`), and returns what was read
 * last. For what is known to exist, or was just written: it is missing only if it is missing for that long.
 */
export async function readUntil<T>(
  read: () => Promise<T>,
  isThere: (value: T) => boolean,
  stalenessMs: number,
  { clock, signal }: CallContext,
): Promise<T> {
  const endMs = clock.monotonicMs() + stalenessMs;
  for (let distanceMs = FIRST_MS; ; distanceMs *= 2) {
    // An answer shows what was when it was asked for: a process may be suspended until it reads the answer.
    const leftMs = endMs - clock.monotonicMs();
    const value = await read();
    if (isThere(value) || leftMs <= 0) return value;

    await clock.sleep(Math.min(distanceMs, leftMs), signal);
  }
}
