import type { JournalRecord } from './journal.js';

/**
 * The steps that the journal's last run had begun when it ended without a word: `<unit> <step>`. The journal only says what
 * was under way; whether it happened is for the cloud to say.
 */
export function interruptedSteps(records: readonly JournalRecord[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const { type, unit, step } of records) {
    if (type === 'run' || type === 'end') open.clear();
    else if (type === 'before') open.add(`${unit} ${step}`);
    else open.delete(`${unit} ${step}`);
  }
  return open;
}
