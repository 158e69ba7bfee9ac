import { memoryJournal, type Journal } from '@postern/core/internal/library';
import type { Ground } from '../ground.js';
import type { EventKind } from '../trace.js';
import { JournalLock } from './journal-lock.js';
import type { TrialRecord } from './trial-record.js';
import type { Deed, VirtualProcess } from './virtual-process.js';

/** A command that operators carry out. */
export interface OperatorWork<Ended> {
  /** The state that it must end with. */
  readonly wanted: string;
  readonly carryOut: (process: VirtualProcess) => Promise<Ended>;
  /** How a process ended that broke. */
  readonly broken: () => Ended;
  /** Looks at a moment before what happens at it. */
  readonly look: (deed: Deed) => void;
  readonly edit: (name: string) => void;
  readonly remove?: (name: string) => void;
  readonly secrets?: readonly string[] | undefined;
}

/** Who carries out the commands of a trial, as processes that share a journal: an operator, and sometimes a second one. */
export class Operators<Ended extends { readonly state: string | undefined }> {
  readonly #ground: Ground;
  readonly #record: TrialRecord;
  #journal: Journal = memoryJournal();
  #lock = new JournalLock();
  /** The same command of a second operator. */
  #twin: Promise<Ended> | undefined;
  /** Processes that go on. */
  #together = 0;
  #runs = 0;
  #forgot = false;

  constructor(ground: Ground, record: TrialRecord) {
    this.#ground = ground;
    this.#record = record;
  }

  get journal(): Journal {
    return this.#journal;
  }

  get runs(): number {
    return this.#runs;
  }

  /** A journal was lost: what was there before is not known any more. */
  get forgot(): boolean {
    return this.#forgot;
  }

  /** Of two operators who gave a command: the one whose command ended as it must, or else by itself. The other joined, or was refused. */
  async operate(work: OperatorWork<Ended>): Promise<Ended> {
    const first = await this.#run(work);
    const second = await this.#twin;
    this.#twin = undefined;
    const ended = second === undefined ? [first] : [first, second];
    return ended.find(({ state }) => state === work.wanted) ?? ended.find(({ state }) => state !== undefined) ?? first;
  }

  async #run(work: OperatorWork<Ended>): Promise<Ended> {
    this.#runs += 1;
    this.#together += 1;
    const process = this.#ground.process((deed) => this.#happens(deed, work), {
      journal: this.#journal,
      lock: this.#lock,
      together: () => this.#together > 1,
      clockOffsetMs: this.#ground.clocks.next(), // its journal may be on a machine of another clock
      secrets: work.secrets,
    });
    try {
      const ended = await work.carryOut(process);
      this.#record.blames(process);
      if (process.lostJournal) {
        this.#journal = memoryJournal();
        this.#lock = new JournalLock();
        this.#forgot = true;
      }
      return ended;
    } catch (error) {
      process.kill();
      this.#record.broke(error);
      return work.broken();
    } finally {
      this.#together -= 1;
    }
  }

  /** What happens at a moment; an edit happens here, and a second operator begins. */
  #happens(deed: Deed, work: OperatorWork<Ended>): EventKind | undefined {
    work.look(deed);
    const kind = this.#record.meets(deed);
    if (kind === 'twin') this.#twin ??= this.#run(work);
    else if (kind === 'reads-lag') this.#ground.lags = 'reads';
    else if (kind?.startsWith('removal:') === true) work.remove?.(kind.slice('removal:'.length));
    else if (kind?.startsWith('edit:') === true) work.edit(kind.slice('edit:'.length));
    else return kind;

    return undefined;
  }
}
