import { stepError, type StepError } from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';

/** What failed below the steps of a run: a defect, a file, the engine, a call that hung. It is tried again. */
export interface WorkerFailure {
  /** A service of the workers, and the key of what it worked on: `postern-unit`, `["run","spec","link:eu"]`. */
  readonly service: string;
  readonly key: string;
  /** Absent where it failed outside of a step. */
  readonly step?: string | undefined;
  readonly code: string;
  /** Without secrets. */
  readonly message: string;
}

export interface Attempts {
  readonly attempts: number;
  /** How often those have failed in this process that are tried again, by their keys. */
  readonly failures: Map<string, number>;
}

/** How often a worker tries what fails below the steps: for half a minute where it fails at once. */
export const ATTEMPTS = 12;

/** The time between two attempts. */
export const RETRY = { initialRetryInterval: 100, maxRetryInterval: 5_000 };

/** Steps whose attempts are counted. One that another worker ends stays here, so the oldest are forgotten. */
const MOST_COUNTED = 10_000;

/** The engine has given up an attempt. It ignores the result. */
export class AttemptOver extends Error {}

/**
 * An effect whose failures are answers after some attempts of this worker. `key` is its own. The engine's own count is not used: it
 * counts the deaths of workers, too.
 */
export async function attempted<T>(
  { failures, attempts }: Attempts,
  key: string,
  effect: () => Promise<T>,
): Promise<T | { readonly error: StepError }> {
  try {
    const answer = await effect();
    failures.delete(key);
    return answer;
  } catch (error) {
    if (error instanceof AttemptOver) throw error;

    const count = (failures.get(key) ?? 0) + 1;
    failures.delete(key);
    if (count >= attempts) return { error: stepError(error) };

    failures.set(key, count);
    for (const oldest of failures.keys()) {
      if (failures.size <= MOST_COUNTED) break;

      failures.delete(oldest);
    }
    throw error;
  }
}

/** Reads of a spec, as one effect of its workflow. */
export function recordedRead<T>(
  ctx: restate.WorkflowContext | restate.ObjectContext,
  setting: Attempts,
  name: string,
  read: () => Promise<T>,
): restate.RestatePromise<T | { readonly error: StepError }> {
  return ctx.run(name, () => attempted(setting, `${ctx.key} ${name}`, read), RETRY);
}

/** Reports what fails below the steps, once an attempt. What goes on to the engine, which stores it, has no secret and no stack. */
export function reportsFailures(report: (failure: WorkerFailure) => void): restate.HooksProvider {
  return ({ request: { target, attemptCompletedSignal } }) => {
    let isReported = false;
    const failed = (error: unknown, step?: string): unknown => {
      if (attemptCompletedSignal.aborted || isEnd(error)) return error;

      const isMismatch = error instanceof restate.RestateError && error.code === MISMATCH;
      const { code, message } = isMismatch ? OTHER_CODE : stepError(error);
      if (!isReported) report({ service: target.service, key: target.key ?? '', step, code, message });
      isReported = true;
      if (error instanceof restate.RestateError) return error; // such as a mismatch of the journal: the engine acts on it

      const shown = new Error(message);
      shown.stack = message;
      return shown;
    };
    return {
      interceptor: {
        run: async (name, next) => {
          try {
            await next();
          } catch (error) {
            throw failed(error, name);
          }
        },
        handler: async (next) => {
          try {
            await next();
          } catch (error) {
            throw failed(error);
          }
        },
      },
    };
  };
}

/** Whether an attempt ends without a failure: the engine suspends it, its connection has ended, or this is the answer. */
function isEnd(error: unknown): boolean {
  if (error instanceof restate.TerminalError || error instanceof AttemptOver) return true;
  if (error instanceof restate.RestateError) return error.code === CLOSED || error.code === SUSPENDED;

  return (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
}
/** `Journal mismatch`: see `onJournalMismatchErrors`. */
const MISMATCH = 570;
const OTHER_CODE = {
  code: 'UNSUPPORTED_VERSION',
  message: 'another version of the worker began it; it continues when that version answers at its address',
};

const CLOSED = 598;
const SUSPENDED = 599;
