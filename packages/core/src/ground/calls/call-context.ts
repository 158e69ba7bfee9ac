import type { ErrorCode } from '../error-codes.js';
import type { Clock } from '../clock.js';
import type { CloudTime } from '../clocks/cloud-time.js';
import type { Answers } from './answers.js';
import type { Pacer } from './pacer.js';
import type { WriteFence } from './write-fence.js';

/** A call that failed and is safe to try again. */
export interface CallRetry {
  readonly operation: string;
  readonly region: string;
  /** The code of the failure. */
  readonly code: ErrorCode;
  /** How many attempts have failed: 1 after the first. */
  readonly attempt: number;
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
  /** Asked before each attempt of a change. Set in the steps of a run that holds a lock. */
  readonly fence?: WriteFence | undefined;
  /**
   * Set where an earlier run or process may have done a moment ago what this context is for. Lists may not show that yet, so a creation
   * looks until they must show it.
   */
  readonly again?: boolean | undefined;
  /** One line for a person who debugs; never a secret. */
  readonly log?: ((line: string) => void) | undefined;
  /**
   * Called before a failed call is tried again. `false` ends the call with its error; `{ delayMs }` is another delay, but never
   * less than the cloud asked for; nothing keeps the one that is planned. What it throws is logged and otherwise ignored.
   */
  readonly onRetry?: ((retry: CallRetry) => false | { readonly delayMs: number } | void) | undefined;
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

/** How OpenTelemetry names a cloud and one of its services. */
export interface SpanNames {
  /** `rpc.system.name`: `aws-api`. */
  readonly system: string;
  /** `cloud.provider`: `aws`. */
  readonly provider: string;
  /** The name of the service in its SDK, which names of spans begin with: `EC2`. */
  readonly service: string;
  /** The attribute that holds the ID of a request: `aws.request_id`. */
  readonly requestId: string;
}

/** What is known of a call before it is sent. */
export interface CallStart {
  readonly provider: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Undefined where it is not known yet. */
  readonly account?: string | undefined;
  /** Whether it reads, makes a change that is safe to repeat, or creates something. */
  readonly kind: 'read' | 'idempotent' | 'create';
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Undefined: spans are named by `provider` and `service`. */
  readonly span?: SpanNames | undefined;
}

/** What is known of a call when it has ended. */
export interface CallEnd {
  readonly durationMs: number;
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  /** The code of the error, where it failed. */
  readonly code?: ErrorCode | undefined;
  /** The error, where it failed: as the call throws it where it is not tried again. It has no secret. */
  readonly error?: Error | undefined;
}

/**
 * The hook of calls: called before each attempt of a cloud call; the function that it returns is called after it, with the error
 * where it failed. What a hook throws is logged and otherwise ignored.
 *
 * ```ts
 * const trace: Trace = ({ operation, region }) => ({ durationMs, error }) =>
 *   console.error(operation, region, Math.round(durationMs), error?.message ?? 'ok');
 * const gate = new PrivateIntegrations(aws({ region: 'eu-west-1' }), { project: 'shop', trace });
 * ```
 *
 * `callSpans` of `@postern/core/telemetry` makes spans of OpenTelemetry of them, and `callMetrics` counts for Prometheus.
 */
export type Trace = (start: CallStart) => ((end: CallEnd) => void) | undefined;
