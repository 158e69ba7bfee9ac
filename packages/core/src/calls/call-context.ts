import type { Clock } from '../clock.js';
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
}
