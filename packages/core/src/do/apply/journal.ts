import type { CallCounts } from '../../ground/calls/step-context.js';
import type { TimeBounds } from '../../ground/clocks/cloud-time.js';
import { withFunctions } from '../forms/values.js';
import type { Json } from '../../ground/json.js';
import type { OpenMove } from '../model/moves.js';
import { inTurn } from './in-turn.js';

/** The version of the journal's structure. */
export const JOURNAL_VERSION = 1;

/** One record: a run begins, a step is about to happen, a step has happened. */
export interface JournalRecord {
  readonly type: 'run' | 'before' | 'after' | 'failed' | 'end';
  readonly at: string;
  readonly run: string;
  readonly unit?: string | undefined;
  readonly step?: string | undefined;
  /** Where a step of the plan took several: which of them. */
  readonly part?: string | undefined;
  /** The step's answer, or what is known of the error; with `until` the operation. No secrets. */
  readonly value?: Json | undefined;
  /**
   * Milliseconds, on a clock that does not jump: of a step, in `after` and `failed`; of the reading before the
   * first step, in `run`; of all after that, in `end`.
   */
  readonly durationMs?: number | undefined;
  /** The attempts of cloud calls in that time; none in `end`. */
  readonly calls?: CallCounts | undefined;
  /**
   * Of a second `before` of a step: it is about to change something, and until then that can take effect, also where the process has
   * lost its lock. ISO 8601, by the cloud's clock.
   */
  readonly until?: string | undefined;
  /** With `until`: the process, as `Journal.fence` names it. */
  readonly by?: string | undefined;
  /** The record is a copy: the original is in a file that was moved away, and a later run still needs it. */
  readonly carried?: true | undefined;
}

/**
 * The records that a run writes before and after every step. The journal shows what was in progress; the
 * cloud shows the current state. If the journal is lost, only the report is lost. A database or a workflow
 * engine can implement it.
 */
export interface Journal {
  /** Resolves when the record is durable. Rejects with `JOURNAL_WRITE_FAILED`; after that, nothing more is changed. */
  readonly append: (record: JournalRecord) => Promise<void>;
  /** All records, oldest first. */
  readonly read: () => Promise<readonly JournalRecord[]>;
  /**
   * Takes the lock; one writer at a time. A journal of Postern makes callers of one object wait for their turn. Where another process, or
   * another object, holds it, it rejects with `LOCKED`, naming the holder.
   */
  readonly lock: () => Promise<{ readonly release: () => Promise<void> }>;
  /**
   * What the holder of a lock asks before it changes something, and what is known of former holders: of a journal whose lock another
   * process may take over while its holder lives. Without it `append` alone can refuse.
   */
  readonly fence?:
    | {
        /** The process that holds the lock: `process 12 on host since …`. */
        readonly holder: () => string | undefined;
        /** @throws {PosternError} `JOURNAL_WRITE_FAILED` where another process has taken over the lock */
        readonly requireLock: () => void;
        /** Whether a former holder has ended for certain: nothing more comes of it. */
        readonly hasEnded: (holder: string) => boolean;
        /** Shows a sentence to the operator. */
        readonly note: (text: string) => void;
      }
    | undefined;
}

export const journalForm = withFunctions<Journal>('a journal', 'append', 'read', 'lock');

/** Finds the moves of a journal that have not ended: `openMovesIn` of `@postern/core/moves`. `now` is that of the cloud. */
export type OpenMovesIn = (records: readonly JournalRecord[], now: TimeBounds | undefined) => readonly OpenMove[];

/**
 * A journal that lasts as long as the process, for tests and for programs that need no report of interrupted runs. Sessions that share
 * it take turns.
 */
export function memoryJournal(): Journal {
  const lines: string[] = []; // as text, so that a caller with a record cannot change it
  return {
    append: (record) => {
      lines.push(JSON.stringify(record));
      return Promise.resolve();
    },
    read: () => Promise.resolve(lines.map((line) => JSON.parse(line) as JournalRecord)),
    lock: inTurn(() => Promise.resolve({ release: () => Promise.resolve() })),
  };
}
