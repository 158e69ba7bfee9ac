import { performance } from 'node:perf_hooks';
import { onAbort } from '@postern/core/internal/adapter';
import { EarliestFirst, type Due } from './earliest-first.js';

/** How simulated time passes: only by `advance`, from one wait to the next, or `speed` times as fast as real time. */
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

interface Sleeper {
  readonly at: number;
  readonly sequence: number;
  readonly wake: () => void;
}

/** The longest that a Node timer waits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Callers in this process who wait for simulated time to pass. */
export class Sleepers {
  #waiting: Sleeper[] = [];
  #sequence = 0;
  #armed: NodeJS.Timeout | undefined;

  /** With a speed above 0 they wake by themselves. */
  constructor(
    private readonly now: () => number,
    private readonly speed: number,
  ) {}

  /** Resolves at `at`, or rejects with the signal's reason. */
  add(at: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);

      this.#sequence += 1;
      const stop = onAbort(signal, () => {
        this.#waiting = this.#waiting.filter((other) => other !== sleeper);
        this.#arm();
        reject(signal?.reason as Error);
      });
      const wake = () => {
        stop();
        resolve();
      };
      const sleeper: Sleeper = { at, sequence: this.#sequence, wake };
      this.#waiting.push(sleeper);
      this.#waiting.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
      this.#arm();
    });
  }

  /** When the first wakes. */
  nextAt(): number | undefined {
    return this.#waiting[0]?.at;
  }

  /** Wakes all sleepers that are due, and returns their number. */
  wake(now: number): number {
    const due = this.#waiting.filter(({ at }) => at <= now);
    if (due.length === 0) return 0;

    this.#waiting = this.#waiting.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
    this.#arm();
    return due.length;
  }

  #arm(): void {
    clearTimeout(this.#armed);
    const next = this.nextAt();
    if (this.speed === 0 || next === undefined) return;

    const ms = Math.ceil(Math.max(0, next - this.now()) / this.speed);
    this.#armed = setTimeout(
      () => {
        this.wake(this.now());
        this.#arm();
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
  }
}

/** A future event: plain data, so that a saved world continues where it was. */
export interface Timer extends Due {
  /** The cloud that handles the timer: `aws`. */
  readonly cloud: string;
  readonly region: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Timers in the order in which they fall due. */
export class TimerQueue {
  readonly #timers = new EarliestFirst<Timer>();
  #sequence = 0;

  /** Adds one; its sequence number is the queue's. */
  add(timer: Omit<Timer, 'sequence'>): void {
    this.#sequence += 1;
    this.#timers.add({ ...timer, sequence: this.#sequence });
  }

  /** When the next one falls due. */
  nextAt(): number | undefined {
    return this.#timers.nextAt();
  }

  /** Removes and returns the next one that is due at `now`. */
  takeDue(now: number): Timer | undefined {
    return this.#timers.takeDue(now);
  }

  /** All timers, first due first. */
  save(): Timer[] {
    return this.#timers.list();
  }

  /** Replaces all timers. */
  load(timers: readonly Timer[]): void {
    this.#timers.load(timers);
    this.#sequence = timers.reduce((highest, timer) => Math.max(highest, timer.sequence), 0);
  }
}

let last = { second: Number.NaN, text: '' };

/** `Mon, 01 Jun 2026 00:00:00 GMT`: the `date` header of an answer at a simulated moment. */
export function httpDate(now: number): string {
  const second = Math.floor(now / 1000);
  if (last.second !== second) last = { second, text: new Date(second * 1000).toUTCString() };
  return last.text;
}
