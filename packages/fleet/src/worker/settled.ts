import { PosternError, isPosternError, type CallContext, type Judge } from '@postern/core/internal/library';
import { stepError, type StepError } from '@postern/core/internal/engine';
import { readPace } from './step-pace.js';
import type { CallGateway } from '@postern/core/internal/probe';
import type { Notifier } from '@postern/core/internal/watch';
import type { Ingress } from '../engine/ingress.js';
import type { Control } from './worker-processes.js';
import type { DriverOf, Works } from './works.js';
import type { Attempts } from './failures.js';
import type { BroughtAccess } from '../brought/access.js';
import type { News } from './news.js';
import type { SharedPace } from './shared-pace.js';

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
