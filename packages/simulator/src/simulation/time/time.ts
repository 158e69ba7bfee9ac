import { performance } from 'node:perf_hooks';

/**
 * How simulated time passes: only by `advance`, from one wait to the next, or `speed` times as fast as real
 * time.
 */
export type ClockMode = 'manual' | 'auto' | { readonly speed: number };

/** Simulated time: a number that never decreases. */
export class SimulatedTime {
  /** Simulated milliseconds for each real one; 0 when time does not pass by itself. */
  readonly speed: number;
  #base: number;
  #anchor = performance.now();
  #fixed: number | undefined;

  constructor(
    startMs: number,
    readonly mode: ClockMode,
  ) {
    this.#base = startMs;
    this.speed = typeof mode === 'object' ? mode.speed : 0;
    if (!(this.speed >= 0 && Number.isFinite(this.speed))) throw new RangeError("A clock's speed is a number ≥ 0.");
  }

  /** Simulated milliseconds since the epoch. */
  now(): number {
    if (this.#fixed !== undefined) return this.#fixed;
    return this.speed === 0 ? this.#base : this.#base + (performance.now() - this.#anchor) * this.speed;
  }

  /** Jumps ahead to `ms`, if that is ahead. */
  jumpTo(ms: number): void {
    const now = this.now();
    if (ms > now) this.#base += ms - now;
  }

  /** Sets time, also back: a reset or a loaded world. */
  set(ms: number): void {
    this.#base = ms;
    this.#anchor = performance.now();
  }

  /** Runs something at the moment at which it fell due, which may be a little ago. */
  at(ms: number, action: () => void): void {
    this.#fixed = ms;
    try {
      action();
    } finally {
      this.#fixed = undefined;
    }
  }
}
