import type { Clock } from '../clock.js';
import type { Answers } from './answers.js';
import type { Pacer } from './pace.js';
import type { Trace } from './trace.js';

/** The context of every call to a cloud: clock, randomness, retry limits and observers. */
export interface CallContext {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly pace: Pacer;
  readonly signal?: AbortSignal | undefined;
  readonly trace?: Trace | undefined;
  /** One line for a person who debugs; never a secret. */
  readonly log?: ((line: string) => void) | undefined;
  /**
   * What was read in earlier parts of this observation. An adapter answers a read from it, without a call. One that
   * does not use it reads again what it read before.
   */
  readonly answers?: Answers | undefined;
}
