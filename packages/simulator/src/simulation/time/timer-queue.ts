import { EarliestFirst, type Due } from './earliest-first.js';

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
