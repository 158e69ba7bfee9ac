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
