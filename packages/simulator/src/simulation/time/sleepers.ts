import { onAbort } from '@postern/core/adapter';

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
