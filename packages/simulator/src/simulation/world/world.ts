import { setImmediate, setTimeout } from 'node:timers';
import type { Cloud } from './cloud.js';
import { Faults, type FaultRule } from './faults.js';
import { Journal } from './journal.js';
import { Agenda } from '../time/earliest-first.js';
import { SeededRandom } from '../time/seeded-random.js';
import { Sleepers, SimulatedTime, type ClockMode, TimerQueue } from '../time/time.js';
import { Decisions } from '../traffic/outcomes.js';
import type { DataPathDelay } from '../traffic/published.js';
import { Traffic } from '../traffic/traffic.js';

/** Quiet turns of the event loop after which no call in this process is in progress. */
const QUIET_TURNS = 3;
/** Real milliseconds without a call after which clients over HTTP count as waiting, too. */
const QUIET_MS = 4;
/** The stream of delays, beside those of ids, chances, faults and the clouds' request ids. */
const DELAYS = 6;

/** The clouds write years with four digits. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What a world is made from. */
export interface WorldOptions {
  readonly seed: number;
  readonly startMs: number;
  readonly mode: ClockMode;
  /** By default changes of gateways are in effect at once. */
  readonly dataPathDelay?: DataPathDelay | undefined;
  /** Rules in force from the start and after each reset. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** Adds what the world has beside what each cloud begins with. Called after each reset. */
  readonly fill?: ((world: World) => void) | undefined;
}

/**
 * What the clouds share: time, timers, seeded ids and chances, the journal, faults. Each of them is plain state, so that a
 * world can be saved, loaded and reset.
 */
export class World {
  readonly time: SimulatedTime;
  readonly timers = new TimerQueue();
  /** Calls and answers of the data path. */
  readonly agenda = new Agenda();
  readonly journal = new Journal();
  readonly faults: Faults;
  readonly clouds: Cloud[] = [];
  /** What decides how calls to gateways end, beside the clouds. */
  readonly decisions = new Decisions();
  readonly ids: SeededRandom;
  readonly chances: SeededRandom;
  /** Calls to gateways. */
  readonly traffic = new Traffic(this);
  readonly #delays: SeededRandom;
  readonly #sleepers: Sleepers;
  #inFlight = 0;
  #activity = 0;
  #listening = 0;
  #moving: Promise<void> = Promise.resolve();
  #watching = false;
  #settling = false;

  constructor(readonly options: WorldOptions) {
    this.time = new SimulatedTime(options.startMs, options.mode);
    this.ids = new SeededRandom(options.seed, 1);
    this.chances = new SeededRandom(options.seed, 2);
    this.faults = new Faults(new SeededRandom(options.seed, 3), options.faults);
    this.#delays = new SeededRandom(options.seed, DELAYS);
    this.#sleepers = new Sleepers(() => this.time.now(), this.time.speed);
  }

  /** Simulated milliseconds since the epoch. */
  now(): number {
    return this.time.now();
  }

  /** Changes whenever a cloud may have changed. */
  version(): number {
    let sum = 0;
    for (const cloud of this.clouds) sum += cloud.version?.() ?? 0;
    return sum;
  }

  /** How long the next change of a gateway takes to reach its data path. */
  dataPathDelayMs(): number {
    const { leastMs, mostMs } = this.options.dataPathDelay ?? { leastMs: 0, mostMs: 0 };
    return leastMs + this.#delays.next() * (mostMs - leastMs);
  }

  /** Does everything that has fallen due. Every call of a cloud begins with it. */
  settle(): void {
    if (this.#settling) return;

    this.#settling = true;
    try {
      const now = this.time.now();
      for (let at = this.#nextDue(); at <= now; at = this.#nextDue()) this.#doNext(at);
    } finally {
      this.#settling = false;
    }
  }

  #nextDue(): number {
    return Math.min(this.timers.nextAt() ?? Infinity, this.agenda.nextAt() ?? Infinity);
  }

  /** Timers go before calls of the same moment. */
  #doNext(at: number): void {
    const timer = this.timers.takeDue(at);
    if (timer) this.time.at(at, () => this.clouds.find(({ name }) => name === timer.cloud)?.fire(timer));
    else this.time.at(at, this.agenda.takeDue(at)?.action ?? (() => undefined));
  }

  /** Moves time ahead by any amount; resolves when everything that fell due on the way has happened, in order. */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError('Time advances by a number of milliseconds ≥ 0.');

    const most = LAST_MOMENT - this.now();
    if (ms > most) throw new RangeError(`Simulated time ends with the year 9999: it advances by at most ${most} ms.`);

    const moved = this.#moving.then(() => this.#moveTo(this.now() + ms));
    this.#moving = moved.catch(() => undefined);
    return moved;
  }

  /** Resolves after `ms` of simulated time. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.now() + ms > LAST_MOMENT) return Promise.reject(new RangeError('Simulated time ends with the year 9999.'));

    this.#activity += 1;
    const slept = this.#sleepers.add(this.now() + Math.max(0, ms), signal);
    if (this.time.mode === 'auto') void this.#jumpWhenQuiet();
    return slept;
  }

  /**
   * Counts a call as in progress until the function returned is first called: auto mode does not jump in that time.
   */
  begin(): () => void {
    this.#inFlight += 1;
    this.#activity += 1;
    let over = false;
    return () => {
      if (over) return;

      over = true;
      this.#inFlight -= 1;
      this.#activity += 1;
      if (this.time.mode === 'auto' && this.#sleepers.nextAt() !== undefined) void this.#jumpWhenQuiet();
    };
  }

  /**
   * As `sleep`, for a call that is in progress. While it waits for time to pass, the call does not keep time
   * from jumping ahead.
   */
  async sleepDuringCall(ms: number): Promise<void> {
    this.#inFlight -= 1;
    try {
      await this.sleep(ms);
    } finally {
      this.#inFlight += 1;
    }
  }

  /** A server is up (or down again): callers may be outside this process. */
  listens(change: 1 | -1): void {
    this.#listening += change;
    if (this.#listening === 0) this.traffic.closed();
  }

  /** Time, timers, chances, journal, faults and clouds as at the start. Sleeping callers continue to sleep. */
  reset(): void {
    const { seed, startMs } = this.options;
    this.time.set(startMs);
    this.timers.load([]);
    this.agenda.reset();
    this.traffic.reset();
    this.#delays.load(new SeededRandom(seed, DELAYS).save());
    this.journal.reset();
    this.faults.reset();
    this.ids.load(new SeededRandom(seed, 1).save());
    this.ids.take([]);
    this.chances.load(new SeededRandom(seed, 2).save());
    for (const cloud of this.clouds) cloud.reset();
    this.options.fill?.(this);
  }

  async #moveTo(target: number): Promise<void> {
    this.traffic.newStep();
    for (;;) {
      const next = Math.min(this.timers.nextAt() ?? Infinity, this.#sleepers.nextAt() ?? Infinity);
      if (next > target) break;

      this.time.jumpTo(next);
      this.settle();
      if (this.#sleepers.wake(this.now()) > 0) await this.#quiet();
    }
    this.time.jumpTo(target);
    this.settle();
  }

  async #jumpWhenQuiet(): Promise<void> {
    if (this.#watching) return;

    this.#watching = true;
    await this.#quiet();
    this.#watching = false;
    const next = this.#sleepers.nextAt();
    if (next !== undefined) await this.advance(Math.max(0, next - this.now()));
    if (this.#sleepers.nextAt() !== undefined) void this.#jumpWhenQuiet();
  }

  /** Resolves when no call is in progress and none has begun for a while. */
  #quiet(): Promise<void> {
    return new Promise((resolve) => {
      let quiet = 0;
      let seen = this.#activity;
      const wait = (): void => {
        if (this.#listening > 0) setTimeout(look, QUIET_MS / QUIET_TURNS);
        else setImmediate(look); // without a promise for each turn
      };
      const look = (): void => {
        const still = this.#activity === seen && this.#inFlight === 0;
        quiet = still ? quiet + 1 : 0;
        seen = this.#activity;
        if (quiet < QUIET_TURNS) wait();
        else resolve();
      };
      wait();
    });
  }
}
