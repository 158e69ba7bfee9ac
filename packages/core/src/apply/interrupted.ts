import type { JournalRecord } from './journal.js';

/** No step tries a creation for longer, so lists must show everything that an earlier step created. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * The steps of earlier runs that may have had an effect that was not recorded: `<unit> <step>`. Each was
 * started and has no record of its end, or ended with an unknown outcome. The journal only shows what was in
 * progress. The cloud shows whether it happened, and the cloud's lists may lag. `now` is in milliseconds
 * since the epoch.
 */
export function interruptedSteps(records: readonly JournalRecord[], now: number): ReadonlySet<string> {
  const recent = openSteps(records).filter(({ at }) => !(now - Date.parse(at) > LONGEST_STEP_MS));
  return new Set(recent.map(keyOf));
}

/** The records that a later run needs: the last `before` of each step whose outcome is not known. */
export function openSteps(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const open = new Map<string, JournalRecord>();
  for (const record of records) {
    const { type, unit, step, value } = record;
    if (unit === undefined || step === undefined) continue;
    if (type === 'before') open.set(keyOf(record), record);
    else if (type === 'after' || (type === 'failed' && !isUnknown(value))) open.delete(keyOf(record));
  }
  return [...open.values()];
}

function keyOf({ unit = '', step = '' }: JournalRecord): string {
  return `${unit} ${step}`;
}

function isUnknown(value: JournalRecord['value']): boolean {
  return typeof value === 'object' && value !== null && 'outcomeUnknown' in value && value['outcomeUnknown'] === true;
}
