import { memoryJournal } from '@postern/core';
import type { Clocks } from './clocks.js';
import { withoutEmptyPaths } from '../inventory/inventory.js';
import type { Ended } from './one-run.js';

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

  /** The clocks are set. */
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
