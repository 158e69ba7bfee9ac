import { memoryJournal } from '@postern/core';
import { withoutEmptyPaths } from './inventory/inventory.js';
import type { Ended } from './one-run.js';

/** The two machines on which a project is applied in turn, each with a journal of its own. */
export class Machines {
  /** Of all runs on the machine that runs now, unless it is lost. */
  journal = memoryJournal();
  /** A journal was lost, or another machine or project had one of its own: see `withoutEmptyPaths` and `doubledLink`. */
  hasOthers = false;
  #other = memoryJournal();

  /** What the next run finds after one that lost its journal, or was continued on the other machine. */
  after({ lostJournal, leftMachine }: Pick<Ended, 'lostJournal' | 'leftMachine'>): void {
    if (lostJournal) this.journal = memoryJournal();
    if (leftMachine) [this.journal, this.#other] = [this.#other, this.journal];
    this.hasOthers ||= lostJournal || leftMachine;
  }

  /** What can be compared with the end of a trial in which one journal knows everything. */
  comparable(lines: readonly string[]): readonly string[] {
    return this.hasOthers ? withoutEmptyPaths(lines) : lines;
  }
}
