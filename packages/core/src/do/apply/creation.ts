import { retryDelays, type RetryPolicy } from '../../ground/calls/retry.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import { CloudError } from '../../ground/errors.js';

/**
 * The creation of a resource, never twice, as a sequence of looks, tries and sleeps. It has no clock and makes no
 * call: `createOnce` executes it in one process, `createInSteps` as steps of a unit, so that each answer is recorded.
 */
export interface CreationOptions {
  /** What is created, for errors and progress: `link eu`. */
  readonly what: string;
  /** The longest time for which a list may not show a created resource yet, in milliseconds. */
  readonly stalenessMs: number;
  /**
   * How long to look before the first creation, in milliseconds: `stalenessMs` where creating it twice costs
   * money. It is then also not created again after an uncertain answer. Default 0: one look.
   */
  readonly lookMs?: number | undefined;
  /**
   * Whether the service refuses to create it a second time (`ALREADY_EXISTS`), so that no look has to come first: a
   * route by its key. It is looked for only where a former try may have created it, and after such a refusal.
   */
  readonly isUnique?: boolean | undefined;
  /** Whether an earlier run may have created it a moment ago: it is looked for until lists must show it. */
  readonly again?: boolean | undefined;
  /** Called before such a look. */
  readonly onLook?: ((message: string) => void) | undefined;
}

/** What is to be done next. `part` names it; no name occurs twice. */
export type Ask =
  /** Look, and if it does not exist and `create`, create it. Without `look` it is created at once. */
  | { readonly do: 'try'; readonly part: string | undefined; readonly create: boolean; readonly look: boolean }
  /** Look. `settles`: if it does not exist now, it was not created. */
  | { readonly do: 'look'; readonly part: string; readonly settles: boolean; readonly create: false }
  | { readonly do: 'sleep'; readonly part: string; readonly ms: number };

/** The result of one action. `absent`: the resource does not exist; after a create: it was not created. */
export type CreationAnswer<T, E> =
  | { readonly value: T }
  | { readonly absent: true }
  /** `refusal` is given if the create itself failed, not the look before it. */
  | { readonly error: E; readonly message: string; readonly refusal?: CreationRefusal | undefined }
  | { readonly slept: boolean };

/** What is known of a create that failed, as plain JSON. */
export type CreationRefusal = {
  readonly code: ErrorCode;
  readonly message: string;
  /** Whether it may have had an effect: a lost answer, a 5xx. */
  readonly unsure: boolean;
  readonly retryable: boolean;
  readonly exhausted: boolean;
  readonly retryAfterMs: number | null;
  /** Uniform in [0, 1): the jitter of the next delay. */
  readonly random: number;
};

export type Ending<T, E> =
  | { readonly value: T }
  | { readonly error: E; readonly exhausted?: boolean | undefined }
  /** It cannot be determined whether the create that failed with `lost` took effect. */
  | { readonly lost: E; readonly why: string }
  /** Aborted; with `lost` while that was not known. */
  | { readonly aborted: true; readonly lost?: E | undefined };

type Steps<T, E, R> = Generator<Ask, R, CreationAnswer<T, E>>;

/** Creates in all. A throttled one waits out the staleness bound between two, so this is minutes, not seconds. */
const CREATES: RetryPolicy = { attempts: 6, baseMs: 500, throttledBaseMs: 500, capMs: 20_000, totalMs: 600_000 };
/** The first look after a lost answer; each later one comes after twice the time. */
const FIRST_LOOK_MS = 1_000;
/**
 * After an uncertain answer it is looked for this many times as long before it is created again: no cloud publishes
 * a figure for the lag of its lists, and an operation may still be under way. [I]
 */
const MARGIN = 2;

/**
 * It looks first. After a lost answer, a 5xx, or "too many requests" (which may come after the effect), it
 * waits and looks until lists must show the created resource. It creates again where they do not: after "too many
 * requests" some times, after an uncertain answer once. After a second one, where a look fails, and where creating it
 * twice costs money, the outcome is unknown, and the next run looks first.
 */
export function* creation<T, E>(
  options: CreationOptions & { readonly onRetry?: ((attempt: number, message: string, error: E) => void) | undefined },
): Steps<T, E, Ending<T, E>> {
  const { what, stalenessMs, lookMs = 0, isUnique = false, again = false, onLook, onRetry } = options;
  const walk: Walk = { tries: 0, looks: 0, sleeps: 0, sleptMs: 0 };
  let random = 0;
  const delays = retryDelays(() => random, CREATES);
  let startedMs: number | undefined;
  const costs = lookMs > 0;
  let isLookedFor = !costs && !again;
  let wasUnsure = false;
  for (let attempt = 1; ;) {
    const answer = yield* tryOnce<T, E>(walk, isLookedFor, !isUnique);
    if ('absent' in answer) {
      // A former process may have created it, or a second one would cost money.
      const forMs = Math.max(lookMs, stalenessMs);
      onLook?.(
        `looking for ${what} for ${Math.round(forMs / 1_000)} s before it is created: lists may not show it yet`,
      );
      const found = yield* lookFor<T, E>(walk, forMs, true);
      if (!('absent' in found)) return endOf(found);

      isLookedFor = true;
      continue;
    }
    if (!('error' in answer) || answer.refusal === undefined) return endOf(answer);

    const { error, refusal } = answer;
    startedMs ??= walk.sleptMs;
    random = refusal.random;
    if (refusal.code === 'ABORTED') return { error };

    if (refusal.unsure || refusal.code === 'THROTTLED') {
      onRetry?.(attempt, `${refusal.message}; checking whether it took effect`, error);
      const isRepeated = !refusal.unsure || !(costs || wasUnsure || refusal.exhausted);
      const forMs = refusal.unsure && isRepeated && !isUnique ? stalenessMs * MARGIN : stalenessMs;
      const found = yield* lookFor<T, E>(walk, forMs, isRepeated);
      if ('value' in found) return found;
      if ('slept' in found) return { aborted: true, lost: error };

      wasUnsure ||= refusal.unsure;
      if (refusal.unsure && !(isRepeated && 'absent' in found)) {
        const why = 'message' in found ? `looking for it failed: ${found.message}` : 'lists do not show it';
        return { lost: error, why };
      }
      if ('error' in found) return { error: found.error };
    } else if (refusal.code === 'ALREADY_EXISTS') {
      // Another run of the same project was faster, and lists may not show its resource yet.
      walk.looks += 1;
      const now = yield { do: 'look', part: `look ${walk.looks}`, settles: false, create: false };
      const found = 'absent' in now ? yield* lookFor<T, E>(walk, stalenessMs, true) : now;
      if (!('absent' in found)) return endOf(found);

      return wasUnsure ? { lost: error, why: 'the service has it, and lists do not show it' } : { error };
    } else if (!refusal.retryable) {
      return { error };
    }
    if (refusal.exhausted) return { error };

    const delayMs = delays.next(walk.sleptMs - startedMs, { retryAfterMs: refusal.retryAfterMs ?? undefined });
    if (delayMs === undefined) return { error, exhausted: true };

    attempt += 1;
    onRetry?.(attempt, `${refusal.message}; trying again`, error);
    if (!(yield* sleep<T, E>(walk, delayMs))) return { aborted: true };
  }
}

/** What was done so far. */
interface Walk {
  tries: number;
  looks: number;
  sleeps: number;
  sleptMs: number;
}

function* tryOnce<T, E>(walk: Walk, create: boolean, lookFirst: boolean): Steps<T, E, CreationAnswer<T, E>> {
  walk.tries += 1;
  const isFirst = walk.tries === 1;
  const look = lookFirst || !isFirst || !create;
  return yield { do: 'try', part: isFirst ? undefined : `try ${walk.tries}`, create, look };
}

/** Looks at increasing intervals for `forMs`; the last look comes after it. `slept`: aborted meanwhile. */
function* lookFor<T, E>(walk: Walk, forMs: number, settles: boolean): Steps<T, E, CreationAnswer<T, E>> {
  const endMs = walk.sleptMs + forMs;
  for (let distanceMs = FIRST_LOOK_MS; ; distanceMs *= 2) {
    const isSlept = yield* sleep<T, E>(walk, Math.min(distanceMs, endMs - walk.sleptMs));
    if (!isSlept) return { slept: false };

    const isLast = walk.sleptMs >= endMs;
    walk.looks += 1;
    const answer = yield { do: 'look', part: `look ${walk.looks}`, settles: settles && isLast, create: false };
    if (!('absent' in answer) || isLast) return answer;
  }
}

function* sleep<T, E>(walk: Walk, ms: number): Steps<T, E, boolean> {
  walk.sleeps += 1;
  const answer = yield { do: 'sleep', part: `sleep ${walk.sleeps}`, ms };
  walk.sleptMs += ms;
  return 'slept' in answer && answer.slept;
}

/** The end that an answer is: what was found, the look's own error, or an abort. */
function endOf<T, E>(answer: CreationAnswer<T, E>): Ending<T, E> {
  if ('value' in answer) return answer;

  return 'error' in answer ? { error: answer.error } : { aborted: true };
}

/** The facts of a create's error that determine the next action. */
export function creationRefusal(error: unknown, random: number): CreationRefusal {
  const { code, message, outcomeUnknown, status, retryable, exhausted, retryAfterMs }: Partial<CloudError> =
    error instanceof CloudError ? error : {};
  return {
    code: code ?? 'INTERNAL',
    message: message ?? String(error),
    unsure: outcomeUnknown === true || code === 'CLOUD_FAILED' || (status ?? 0) >= 500,
    retryable: retryable ?? false,
    exhausted: exhausted ?? false,
    retryAfterMs: retryAfterMs ?? null,
    random,
  };
}

/** The create that was sent last, as far as its errors need it. */
interface Lost {
  readonly operation?: string | undefined;
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  readonly nativeCode?: string | undefined;
}

/** The error for a create of which it cannot be determined whether it took effect. */
export function outcomeUnknown({ what, stalenessMs }: CreationOptions, lost: Lost, why: string): CloudError {
  return new CloudError('OUTCOME_UNKNOWN', `cannot determine whether ${what} was created: ${why}`, {
    operation: lost.operation ?? what,
    requestId: lost.requestId,
    status: lost.status,
    nativeCode: lost.nativeCode,
    outcomeUnknown: true,
    remedy: 'Run again in a few minutes; the next run looks for it before it creates anything.',
    cause: lost,
    details: { stalenessMs },
  });
}

/** The error for an abort while that was being found out. */
export function abortedUnknown({ what }: CreationOptions, lost: Lost): CloudError {
  return new CloudError('ABORTED', `aborted before it was determined whether ${what} was created`, {
    operation: lost.operation ?? what,
    requestId: lost.requestId,
    outcomeUnknown: true,
    cause: lost,
  });
}
