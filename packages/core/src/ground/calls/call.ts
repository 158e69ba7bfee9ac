import { abortable, childSignal, throwIfAborted } from '../clocks/abort.js';
import { displayText } from '../text/display.js';
import { CloudError, isPosternError } from '../errors.js';
import { dateHearer, type ReportHeaders } from './answer-date.js';
import type { CallContext, CallEnd, CallStart, SpanNames } from './call-context.js';
import type { RateLimit } from './pacer.js';
import { exhaust, retryDelays, RETRY_POLICY, type RetryPolicy } from './retry.js';
import { NotSent, type BeforeSend } from './write-fence.js';
import { withoutSessionSecrets } from './session-secrets.js';
import { cloudNow } from '../clocks/cloud-time.js';
import { lengthOfTime } from '../text/quantities.js';

/** Adds to the remedy of a refused signature by how much the machine's clock is off, where the refusal had a `Date`. */
function nameClockOffset(error: CloudError, { clock, time }: Pick<CallContext, 'clock' | 'time'>): void {
  const now = cloudNow({ clock, time });
  if (now === undefined) return;

  const offMs = clock.now() - (now.earliestMs + now.latestMs) / 2;
  if (Math.abs(offMs) < NOTICED_MS) return;

  const minutes = Math.round(Math.abs(offMs) / NOTICED_MS) * NOTICED_MS;
  const remedy = `Set the machine's clock: it is ${lengthOfTime(minutes)} ${offMs < 0 ? 'behind' : 'ahead of'} the cloud's.`;
  (error as { remedy: string }).remedy = remedy;
}

const NOTICED_MS = 60_000;

const UNLIMITED: readonly RateLimit[] = [];

/** Which call it is, and what may be done about its failure. */
export interface CallDescription {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  /** The cloud's service, such as `apigatewayv2`. */
  readonly service: string;
  /** The operation, such as `CreateVpcLink`. */
  readonly operation: string;
  /** Default: none is known. */
  readonly limits?: readonly RateLimit[] | undefined;
  /**
   * `read` and `idempotent` (updates, deletes) are retried. `create` is never retried here. Only a caller
   * that can check whether it took effect may retry it: `createOnce` does.
   */
  readonly kind: 'read' | 'idempotent' | 'create';
  readonly retry?: RetryPolicy | undefined;
  /**
   * How long the cloud accepts a signed request, in milliseconds: a change that is on its way takes effect by then, or never. Default:
   * 15 minutes, the longest of the clouds of Postern.
   */
  readonly acceptedMs?: number | undefined;
  /** What the session signs with: see `sessionSecrets`. No error of the call contains it. */
  readonly secrets?: readonly string[] | undefined;
  /** How spans name the cloud and the service. */
  readonly span?: SpanNames | undefined;
}

/** The facts in a successful answer, for the trace. */
export interface AnswerFacts {
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
}

/** How a call is sent: it reports the headers of the answer, and asks `beforeSend` when the request is signed. */
export type SendOnce<T> = (
  signal: AbortSignal | undefined,
  heard: ReportHeaders,
  beforeSend: BeforeSend | undefined,
) => Promise<T>;

const ACCEPTED_MS = 900_000;

/** So often a change is permitted anew that was not sent in time. */
const MOST_LATE = 20;

/** Of the time that a throttled call waits for its turns, this much does not count. */
const MOST_TURNS_MS = 60_000;

/**
 * The only function that calls a cloud: it waits for the pace, traces, sends, maps the error, and retries
 * where that is safe. Nothing below it retries, so no wait happens twice.
 * No error leaves it with credentials of the session or a signature, in whatever member a service sent them back.
 * @param send sends it, and reports the headers of the service's answer: the `Date` shows the cloud's time (`CallContext.time`).
 * @param mapError converts what `send` rejected with to a {@link CloudError}; a `PosternError` is not mapped.
 * @param facts reads request ID and status from an answer.
 * @throws {CloudError} as mapped; `ABORTED` when the context's signal is aborted, at once, with
 *   `outcomeUnknown` when a changing call was in progress.
 */
export async function call<T>(
  ctx: CallContext,
  description: CallDescription,
  send: SendOnce<T>,
  mapError: (error: unknown, description: CallDescription) => CloudError,
  facts?: (answer: T) => AnswerFacts,
): Promise<T> {
  const { clock, signal, pace } = ctx;
  const { provider, account, region, operation, limits = UNLIMITED, kind, acceptedMs = ACCEPTED_MS } = description;
  const key = { provider, account, region, operation };
  const delays = retryDelays(ctx.random, description.retry ?? RETRY_POLICY);
  const startedMs = clock.monotonicMs();
  let sleptMs = 0;
  let isSignedAnew = false;
  let late = 0;

  for (let attempt = 1; ; attempt += 1) {
    await notAborted(ctx, operation, pace.slot(key, limits, signal));
    const beforeSend = kind === 'read' ? undefined : await ctx.fence?.permit(operation, acceptedMs);
    const sending = (by: AbortSignal | undefined, heard: ReportHeaders): Promise<T> => send(by, heard, beforeSend);
    const error = await attemptOnce(ctx, description, attempt, sending, mapError, facts);
    if (!(error instanceof Failure)) return error;

    const failed = error.error;
    if (!(failed instanceof CloudError)) throw failed;
    if (failed instanceof NotSent && (late += 1) < MOST_LATE) continue;

    const throttled = failed.code === 'THROTTLED';
    if (throttled) pace.slowDown(key, failed.retryAfterMs);
    if (kind === 'create' || !failed.retryable) throw failed;
    if (SIGNATURE_REFUSED.has(failed.code) && isSignedAnew) throw exhaust(failed);

    isSignedAnew ||= SIGNATURE_REFUSED.has(failed.code);

    const brief = !throttled && (ctx.forChecksOnly === true || BRIEF.has(failed.code));
    const elapsedMs = clock.monotonicMs() - startedMs;
    // Turns among the calls of this machine give no other caller of the account room.
    const spentMs = throttled ? Math.max(sleptMs, elapsedMs - MOST_TURNS_MS) : elapsedMs;
    const delayMs = delays.next(spentMs, { throttled, brief, retryAfterMs: failed.retryAfterMs });
    if (delayMs === undefined) throw exhaust(failed);

    const retry = { operation, region, code: failed.code, attempt, elapsedMs, delayMs };
    const decided = guarded(ctx, 'onRetry', () => ctx.onRetry?.(retry));
    if (decided === false) throw exhaust(failed);

    const pauseMs =
      typeof decided?.delayMs === 'number' ? Math.max(decided.delayMs, failed.retryAfterMs ?? 0) : delayMs;
    sleptMs += pauseMs;
    ctx.log?.(`${operation}: ${failed.code}, attempt ${attempt + 1} in ${Math.round(pauseMs)} ms`);
    await notAborted(ctx, operation, clock.sleep(pauseMs, signal));
  }
}

/** A refused signature is tried again once where the client has corrected its clock: if that helps, it helps at once. */
export const SIGNATURE_REFUSED: ReadonlySet<string> = new Set(['CLOCK_SKEWED', 'CREDENTIALS_REFUSED']);
const BRIEF: ReadonlySet<string> = new Set(['BAD_RESPONSE', ...SIGNATURE_REFUSED]);

/** An outcome that is an error, distinguishable from answers of any type. */
class Failure {
  constructor(readonly error: unknown) {}
}

async function attemptOnce<T>(
  ctx: CallContext,
  description: CallDescription,
  attempt: number,
  send: (signal: AbortSignal | undefined, heard: ReportHeaders) => Promise<T>,
  mapError: (error: unknown, description: CallDescription) => CloudError,
  facts: ((answer: T) => AnswerFacts) | undefined,
): Promise<T | Failure> {
  const { provider, service, operation, region, account, kind, span } = description;
  throwIfAborted(operation, ctx.signal);
  const end = traced(ctx, { provider, service, operation, region, account, kind, attempt, ...(span && { span }) });
  // A separate signal, because an SDK adds a listener for each call in progress.
  const child = ctx.signal && childSignal(ctx.signal);
  try {
    const answer = await abortable(send(child?.signal, dateHearer(ctx)), ctx.signal);
    end(facts?.(answer) ?? {});
    return answer;
  } catch (cause) {
    const error = withoutSessionSecrets(failure(ctx, description, cause, mapError), description.secrets ?? []);
    end(
      error instanceof CloudError
        ? { code: error.code, requestId: error.requestId, status: error.status, error }
        : { code: isPosternError(error) ? error.code : 'INTERNAL', error: error instanceof Error ? error : undefined },
    );
    return new Failure(error);
  } finally {
    child?.stop();
  }
}

function failure(
  ctx: CallContext,
  description: CallDescription,
  cause: unknown,
  mapError: (error: unknown, description: CallDescription) => CloudError,
): unknown {
  if (ctx.signal?.aborted) {
    return new CloudError('ABORTED', 'aborted while the call was under way', {
      operation: description.operation,
      outcomeUnknown: description.kind !== 'read',
      cause: ctx.signal.reason,
    });
  }
  if (isPosternError(cause)) return cause;

  const error = mapError(cause, description);
  if (error.code === 'CLOCK_SKEWED') nameClockOffset(error, ctx);
  return error;
}

/** Runs a wait of the context; its abort becomes an `ABORTED` error. */
async function notAborted(ctx: CallContext, operation: string, wait: Promise<void>): Promise<void> {
  try {
    await wait;
  } catch (error) {
    throwIfAborted(operation, ctx.signal);
    throw error;
  }
}

/** Calls a hook. One that throws must not cost the answer of a call that changed something. */
function guarded<T>(ctx: CallContext, name: string, hook: () => T): T | undefined {
  try {
    return hook();
  } catch (error) {
    ctx.log?.(displayText(`${name}: ${String(error)}`)); // always one line
    return undefined;
  }
}

function traced(ctx: CallContext, start: CallStart): (end: Omit<CallEnd, 'durationMs'>) => void {
  const startedMs = ctx.clock.monotonicMs();
  const finish = guarded(ctx, 'trace', () => ctx.trace?.(start));
  return (end) => guarded(ctx, 'trace', () => finish?.({ durationMs: ctx.clock.monotonicMs() - startedMs, ...end }));
}
