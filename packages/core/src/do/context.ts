import { checkArgument } from './forms/check-argument.js';
import { optional, strict, type Shape } from './forms/form.js';
import { callback, signal } from './forms/values.js';
import { paceForm, timeForm, clockForm } from './input/argument-forms.js';
import type { CallContext, CallRetry, Trace } from '../ground/calls/call-context.js';
import type { Pacer } from '../ground/calls/pace.js';
import { createPacer } from '../ground/calls/pacer.js';
import type { Clock } from '../ground/clock.js';
import { realClock } from '../ground/clocks/real-clock.js';
import { cloudTime, type CloudTime } from '../ground/clocks/cloud-time.js';

/** What calls are made with, where it is not the usual. */
export interface ContextOptions {
  readonly clock?: Clock | undefined;
  /** Uniform in [0, 1); seeded in tests. */
  readonly random?: (() => number) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly trace?: Trace | undefined;
  readonly log?: ((line: string) => void) | undefined;
  readonly onRetry?: ((retry: CallRetry) => void) | undefined;
  /** Shared pacing, where several contexts use one account. */
  readonly pace?: Pacer | undefined;
  /** What several contexts on one clock have heard of the cloud's time. By default each has its own. */
  readonly time?: CloudTime | undefined;
}

/** The form of {@link ContextOptions}. */
export const contextOptions: Shape<ContextOptions> = {
  clock: optional(clockForm),
  random: optional(callback()),
  signal,
  trace: optional(callback()),
  log: optional(callback()),
  pace: optional(paceForm),
  time: optional(timeForm),
  onRetry: optional(callback()),
};
const contextOptionsForm = strict<ContextOptions>()(contextOptions);

/**
 * A context for calls: by default the machine's time, `Math.random`, and token buckets of its own.
 *
 * ```ts
 * const ctx = createContext({ signal: AbortSignal.timeout(60_000) });
 * const snapshot = await observeSpec(spec, drivers, ctx);
 * ```
 */
export function createContext(options: ContextOptions = {}): CallContext {
  checkArgument('createContext', 'options', contextOptionsForm, options, { open: true });
  const { clock = realClock(), random = Math.random, pace = createPacer(clock) } = options;
  const { time = cloudTime(clock), signal, trace, log, onRetry } = options;
  return {
    clock,
    time,
    random,
    pace,
    ...(signal ? { signal } : {}),
    ...(trace ? { trace } : {}),
    ...(log ? { log } : {}),
    ...(onRetry ? { onRetry } : {}),
  };
}
