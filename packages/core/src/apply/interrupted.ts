import type { JournalRecord } from './journal.js';

/** No step tries to create anything for longer, so one that began earlier has made nothing that lists may not show yet. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * The steps of former runs that may have had an effect nobody wrote down: `<unit> <step>`. Each was begun and has no record of its end,
 * or ended without its outcome being known. The journal only says what was under way; whether it happened is for the
 * cloud to say, and its lists may lag. `now` is in milliseconds since the epoch.
 */
export function interruptedSteps(records: readonly JournalRecord[], now: number): ReadonlySet<string> {
  const open = new Set<string>();
  for (const { type, at, unit, step, value } of records) {
    if (unit === undefined || step === undefined) continue;
    const key = `${unit} ${step}`;
    if (type === 'before' && !(now - Date.parse(at) > LONGEST_STEP_MS)) open.add(key);
    else if (type === 'after' || (type === 'failed' && !isUnknown(value))) open.delete(key);
  }
  return open;
}

function isUnknown(value: JournalRecord['value']): boolean {
  return typeof value === 'object' && value !== null && 'outcomeUnknown' in value && value['outcomeUnknown'] === true;
}
