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
  const runs: { begin?: JournalRecord; end?: JournalRecord; readonly records: JournalRecord[] }[] = [];
  const current = new Map<string, (typeof runs)[number]>();
  for (const record of records) {
    const { type, run } = record;
    let own = current.get(run);
    if (own === undefined || (type === 'run' && own.begin !== undefined)) runs.push((own = { records: [] }));
    current.set(run, own);
    own.records.push(record);
    if (type === 'run') own.begin = record;
    if (type === 'end') own.end = record;
  }
  return runs.map((one) => ({ begin: undefined, end: undefined, run: one.records[0]?.run ?? '', ...one }));
}

/** The members of a record's value, which was read from a file: none of another value. */
export function membersOf(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return isObject(value) ? value : {};
}
