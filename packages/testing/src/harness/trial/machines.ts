import { SeededRandom } from '@postern/simulator/internal/simulation';
import { memoryJournal } from '@postern/core/internal/library';
import { withoutEmptyPaths } from '../inventory/inventory.js';
import type { Ended } from './one-run.js';

const MINUTE_MS = 60_000;
/** No cloud refuses what is signed by a clock that is off by this much, once a client of AWS has corrected it. */
const ACCEPTED_MS = 14 * MINUTE_MS;
const LARGEST_MS = 60 * MINUTE_MS;
/** The stream of the clocks, beside those of a trial's other chances. */
const CLOCKS = 22;

/**
 * By how much the clocks of a trial's machines are off, in milliseconds: -60 to +60 minutes, by chance. Alibaba Cloud refuses what is
 * signed by a clock that is off by more than 15 minutes, so one in two is within that.
 */
export class Clocks {
  /** Requests were refused because of a clock, and an operator has set the clocks. */
  areSet = false;
  readonly #chances: SeededRandom;
  readonly #given: number[];

  /** @param given those of the first machines, where a scenario says what they are */
  constructor(seed: number, given: readonly number[] = []) {
    this.#chances = new SeededRandom(seed, CLOCKS);
    this.#given = [...given];
  }

  /** Of the next machine. */
  next(): number {
    const largest = this.areSet || this.#chances.next() < 0.5 ? ACCEPTED_MS : LARGEST_MS;
    const drawn = Math.round((2 * this.#chances.next() - 1) * largest);
    return this.areSet ? drawn : (this.#given.shift() ?? drawn);
  }

  /** Whether a run must be repeated, because requests were refused and its operator has set the clock since. */
  isToRepeat(failed: readonly string[]): boolean {
    if (this.areSet || !failed.some((one) => one.includes('CLOCK_SKEWED'))) return false;

    this.areSet = true;
    return true;
  }
}

/** The two machines on which a project is applied in turn, each with a journal and a clock of its own. */
export class Machines {
  /** Of all runs on the machine that runs now, unless it is lost. */
  journal = memoryJournal();
  /** By how much the clock of that machine is off. */
  clockOffsetMs: number;
  readonly #clocks: Clocks;
  #otherOffsetMs: number;
  /** A journal was lost, or another machine or project had one of its own: see `withoutEmptyPaths` and `doubledLink`. */
  hasOthers = false;
  #other = memoryJournal();

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.clockOffsetMs = clocks.next();
    this.#otherOffsetMs = clocks.next();
  }

  setClocks(): void {
    this.clockOffsetMs = this.#clocks.next();
    this.#otherOffsetMs = this.#clocks.next();
  }

  /** What the next run finds after one that lost its journal, or was continued on the other machine. */
  after({ lostJournal, leftMachine }: Pick<Ended, 'lostJournal' | 'leftMachine'>): void {
    if (lostJournal) this.journal = memoryJournal();
    if (leftMachine) {
      [this.journal, this.#other] = [this.#other, this.journal];
      [this.clockOffsetMs, this.#otherOffsetMs] = [this.#otherOffsetMs, this.clockOffsetMs];
    }
    this.hasOthers ||= lostJournal || leftMachine;
  }

  /** What can be compared with the end of a trial in which one journal knows everything. */
  comparable(lines: readonly string[]): readonly string[] {
    return this.hasOthers ? withoutEmptyPaths(lines) : lines;
  }
}
