import { stepError, type StepError } from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';
import { PosternError, isPosternError, type CallContext, type Judge } from '@postern/core/internal/library';
import { readPace } from './step-pace.js';
import type { CallGateway } from '@postern/core/internal/probe';
import type { Notifier } from '@postern/core/internal/watch';
import { type Ingress, SERVICE, serviceName, VERSIONED, keyOf } from '../engine/ingress.js';
import type { Control } from './worker-processes.js';
import type { DriverOf, Works } from './works.js';
import type { BroughtAccess } from '../brought/access.js';
import type { SharedPace } from './shared-pace.js';
import { defined, type RunEvent } from '@postern/core/internal/adapter';
import type { Retried } from '../model.js';
import type { UnitNews } from '../services/progress.js';

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

interface Attempts {
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

interface UnitKey {
  readonly run: string;
  readonly spec: string;
  readonly unit: string;
}

/** What a worker reports of units before they end. Their record does not need it: what is lost is reported again, or at the end. */
interface News {
  /** What has happened in a unit so far. */
  readonly events: (of: UnitKey, events: readonly RunEvent[]) => void;
  readonly failed: (failure: WorkerFailure) => void;
  /** The record of a unit has all of it. */
  readonly ended: (of: UnitKey) => void;
}

/** What happens in this time, in milliseconds, is reported with one call for each spec. */
const EVERY_MS = 10_000;

/** `version`: that of the worker. */
export function newsOf(ingress: Ingress, version: string, everyMs = EVERY_MS): News {
  // Their keys name a spec, and a unit where they are of one.
  const ofSpecs = new Set(VERSIONED.map((id) => serviceName([id, version])));
  const waiting = new Map<string, Map<string, UnitNews>>();
  /** How many events of a unit this worker has reported: a unit that is replayed reports them again. */
  const reported = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    for (const [key, units] of waiting) {
      for (const { unit, events = [] } of units.values()) reported.set(keyOf(key, unit), events.length);
      ingress.send('progress', key, 'going', [...units.values()]).catch(() => undefined); // the end of the unit has all
    }
    waiting.clear();
  };
  const note = ({ run, spec, unit }: UnitKey, change: Omit<UnitNews, 'unit'>): void => {
    const key = keyOf(run, spec);
    const units = waiting.get(key) ?? new Map<string, UnitNews>();
    waiting.set(key, units.set(unit, { ...units.get(unit), unit, ...change }));
    timer ??= setTimeout(flush, everyMs).unref();
  };
  return {
    events: (of, events) => {
      if (events.length > (reported.get(keyOf(keyOf(of.run, of.spec), of.unit)) ?? 0))
        note(of, { events: [...events] });
    },
    failed: ({ service, key, step, code, message }) => {
      const at = new Date().toISOString();
      const retried: Retried = { at, ...defined({ step }), code, message };
      if (service === SERVICE.run) ingress.send('fleet', key, 'retried', { retried }).catch(() => undefined);
      if (!ofSpecs.has(service)) return;

      const [run = '', spec = '', unit] = JSON.parse(key) as readonly string[];
      if (unit !== undefined) note({ run, spec, unit }, { retried });
      else ingress.send('fleet', run, 'retried', { spec, retried }).catch(() => undefined);
    },
    ended: ({ run, spec, unit }) => {
      const key = keyOf(run, spec);
      reported.delete(keyOf(key, unit));
      waiting.get(key)?.delete(unit);
    },
  };
}

/** A spec is read in this time, in milliseconds: at the pace of its account, a large one takes many minutes. */
export const READ_MS = 60 * 60_000;

/** Of services that read whole lists: the engine never continues a read that is under way at its time-out (restatedev/restate#5196). */
export const whileReading = (replaysAlways: boolean) => ({ inactivityTimeout: replaysAlways ? 0 : READ_MS + 60_000 });

/** What reads are made with, outside of steps. */
export const readContext = ({ context, pace }: Setting, signal: AbortSignal): CallContext => ({
  ...context,
  signal,
  pace: readPace(pace),
});

/** Errors of the cloud and refusals of the plan are answers, and so is a read that does not end in time. What else fails is thrown. */
export async function settled<T>(
  work: (signal: AbortSignal) => Promise<T>,
  withinMs = READ_MS,
): Promise<T | { readonly error: StepError }> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new PosternError('WAIT_TIMEOUT', `reading took longer than ${withinMs / 60_000} minutes`));
      late.abort();
    }, withinMs);
  });
  try {
    return await Promise.race([work(late.signal), hung]);
  } catch (error) {
    if (!isPosternError(error)) throw error;

    return { error: stepError(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** What the services of a worker share. */
export interface Setting extends Attempts {
  readonly ingress: Ingress;
  readonly driverOf: DriverOf;
  /** Without a pace: that is over all workers. */
  readonly context: CallContext;
  readonly judge: Judge;
  readonly callGateway?: CallGateway | undefined;
  /** What kinds of work need that clouds bring. */
  readonly brought: BroughtAccess;
  /** Who receives the changes that rounds of `watch` find. */
  readonly notifiers: readonly Notifier[];
  /** How many times faster than real time the clouds are; 1 but for simulated ones. */
  readonly timeScale: number;
  readonly control: Control;
  readonly pace: SharedPace;
  readonly works: Works;
  readonly news: News;
  /** Names this process; another one has another name. */
  readonly process: string;
  /** The version of this worker. */
  readonly version: string;
  /** Steps whose effect began in this process and whose answer is not recorded yet. */
  readonly begun: Set<string>;
}
