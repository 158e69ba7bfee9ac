import type { ErrorCode } from '../error-codes.js';
import { isPosternError, CloudError } from '../errors.js';
import { withoutStart } from '../text/texts.js';

/** The answers to the reads of one account and region, while it is observed in several parts. */
export interface Answers {
  /**
   * The answer to the same read in an earlier part; else that of `read`, which later parts get. A read that failed in
   * an earlier part fails again. Within one part nothing is answered twice: a list that changed while it was read is
   * read again.
   * @param asked what identifies the read: service, operation and input.
   */
  readonly to: <T>(asked: readonly unknown[], read: () => Promise<T>) => Promise<T>;
}

/** Answers of several parts of one observation. */
export interface KeptAnswers {
  /** Begins the next part. */
  readonly nextPart: () => Answers;
}

/** Keeps answers until it is not referenced any more. */
export function keepAnswers(): KeptAnswers {
  const pendingReads = new Map<string, Promise<unknown>>();
  return {
    nextPart: () => {
      const earlier = new Map(pendingReads);
      return {
        to: <T>(asked: readonly unknown[], read: () => Promise<T>): Promise<T> => {
          const key = JSON.stringify(asked);
          const known = earlier.get(key);
          if (known !== undefined) return known as Promise<T>;

          const answer = read();
          pendingReads.set(key, answer);
          return answer;
        },
      };
    },
  };
}

/**
 * Returns the same promise, for a caller that awaits it only after another operation. If that operation fails
 * first, a rejection of this promise would be unhandled, and Node.js would end the process. Awaited in time,
 * the promise rejects as before.
 */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/**
 * Reads whose answers several callers use, one after the other. A caller gets the answer of a read that began after it asked, so it
 * is as recent as one of its own. Those who ask at the same time, and read at once, use `sharedReads`.
 */
export interface LaterReads {
  /** The moment at which a caller asks, for `answer`. */
  readonly ask: () => number;
  /** The last answer of `key` if its read began after `asked`; else that of `read`. An error is not kept. */
  readonly answer: <T>(key: string, asked: number, read: () => Promise<T>) => Promise<T>;
}

/** Reads of one run. A key always names reads of one type. */
export function laterReads(): LaterReads {
  const known = new Map<string, { readonly began: number; readonly answer: unknown }>();
  let moment = 0;
  return {
    ask: () => (moment += 1),
    answer: async <T>(key: string, asked: number, read: () => Promise<T>): Promise<T> => {
      const last = known.get(key);
      if (last !== undefined && last.began > asked) return last.answer as T;

      const began = (moment += 1);
      const answer = await read();
      known.set(key, { began, answer });
      return answer;
    },
  };
}

/**
 * The answer of a call, or `undefined` where its resource does not exist: a `find…` without a result, and a
 * deletion of a resource that does not exist, which succeeds.
 * @throws all other errors of the call.
 */
export function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  return unless(answer, 'NOT_FOUND');
}

/** The answer of a call, or `undefined` where it is refused with one of these codes. @throws all other errors of the call. */
export async function unless<T>(answer: Promise<T>, ...codes: readonly ErrorCode[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (codes.some((code) => isPosternError(error, code))) return undefined;

    throw error;
  }
}

/** The refusal of a role, which surfaces from whichever call needed credentials: it names the role, and how it becomes allowed. */
export function roleError(error: CloudError, roleArn: string, allowed: string): CloudError {
  const { code, operation, cause, requestId, status, nativeCode, retryable, retryAfterMs, details } = error;
  const remedy = code === 'PERMISSION_DENIED' ? allowed : error.remedy;
  const message = withoutStart(error.message, `${operation}: `);
  const facts = { operation, cause, requestId, status, nativeCode, retryable, retryAfterMs, details, remedy };
  return new CloudError(code, `${roleArn}: ${message}`, facts);
}
