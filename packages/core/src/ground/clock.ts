/**
 * Time as an argument. Everything that waits takes one, so that a test, or a simulated cloud, decides how fast time passes.
 */
export interface Clock {
  /** Milliseconds since the epoch. May jump, as a machine's clock does; for durations use `monotonicMs`. */
  readonly now: () => number;
  /** Milliseconds since some fixed moment; never goes back. */
  readonly monotonicMs: () => number;
  /** How many milliseconds of this clock pass now in one of the machine: the clock of a simulated cloud may be fast. Default: 1. */
  readonly speed?: (() => number) | undefined;
  /** Resolves after `ms` milliseconds of this clock, or rejects with the signal's reason at once when it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}
