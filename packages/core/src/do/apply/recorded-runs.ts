import { grouped } from '../../ground/grouped.js';
import { isObject, type Json } from '../../ground/json.js';
import type { JournalRecord } from './journal.js';

/** A run, as a journal has it: one reader of journals for `apply`, moves, hand-overs and `log`. */
export interface RecordedRun {
  readonly run: string;
  /** Undefined: only records of steps of it were kept. */
  readonly begin: JournalRecord | undefined;
  /** Undefined: it goes on, or its process has ended before. */
  readonly end: JournalRecord | undefined;
  /** All of it, oldest first. */
  readonly records: readonly JournalRecord[];
}

/** The runs of a journal, oldest first. One ends before the next one begins. */
export function recordedRuns(records: readonly JournalRecord[]): readonly RecordedRun[] {
  return [...grouped(records, ({ run }) => run)].map(([run, own]) => {
    const typed = (wanted: JournalRecord['type']) => own.find(({ type }) => type === wanted);
    return { run, begin: typed('run'), end: typed('end'), records: own };
  });
}

/** The members of a record's value, which was read from a file: none of another value. */
export function membersOf(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return isObject(value) ? value : {};
}
