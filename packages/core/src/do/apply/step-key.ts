import type { JournalRecord } from './journal.js';

/** A step as maps and records name it: `<unit> <step>`, since a step's ID is unique only in its unit. */
export function stepKey({ unit, step }: Pick<JournalRecord, 'unit' | 'step'>): string {
  return `${unit} ${step}`;
}
