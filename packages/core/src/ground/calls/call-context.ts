import type { ErrorCode } from '../error-codes.js';
import type { Clock } from '../clock.js';
import type { CloudTime } from '../clocks/cloud-time.js';
import type { Answers } from './answers.js';
import type { Pacer } from './pace.js';
import type { Trace } from './trace.js';

/** A call that is tried again. */
export interface CallRetry {
  readonly operation: string;
  readonly region: string;
  /** The code of the failure. */
  readonly code: ErrorCode;
  /** Since the first attempt, in milliseconds. */
  readonly elapsedMs: number;
  /** Until the next one, in milliseconds. */
  readonly delayMs: number;
}

/** The context of every call to a cloud: clock, randomness, retry limits and observers. */
export interface CallContext {
  readonly clock: Clock;
  /** The time of the clouds that are called with this context. Without it no time passes for what other machines read. */
  readonly time?: CloudTime | undefined;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly pace: Pacer;
  readonly signal?: AbortSignal | undefined;
  /** Ends waits for a state, of a step whose calls go on after an abort. Without it `signal` does. */
  readonly ending?: AbortSignal | undefined;
  /** Of a step: clock and pace whose waits no abort ends. See `toItsEnd`. */
  readonly unended?: Pick<CallContext, 'clock' | 'pace'> | undefined;
  readonly trace?: Trace | undefined;
  /**
   * Set where an earlier run or process may have done a moment ago what this context is for. Lists may not show that yet, so a creation
   * looks until they must show it.
   */
  readonly again?: boolean | undefined;
  /** One line for a person who debugs; never a secret. */
  readonly log?: ((line: string) => void) | undefined;
  /** Called before a failed call is tried again. */
  readonly onRetry?: ((retry: CallRetry) => void) | undefined;
  /**
   * Set for reads that only checks need: a failed one is given up after ten seconds and becomes a gap, so that it does not hold up a
   * run. Where the cloud limits the rate, it is waited for as usual.
   */
  readonly forChecksOnly?: boolean | undefined;
  /**
   * What was read in earlier parts of this observation. An adapter answers a read from it, without a call. One that
   * does not use it reads again what it read before.
   */
  readonly answers?: Answers | undefined;
}
