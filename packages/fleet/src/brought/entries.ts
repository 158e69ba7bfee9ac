import { handoverEntries } from '../handover/door/config.js';
import type { BroughtEntryKind } from './entry-kind.js';

/** What a file of a fleet declares for kinds of work that clouds bring. */
export const BROUGHT_ENTRIES: readonly BroughtEntryKind[] = [handoverEntries];

/** Their keys in the schema of a file. */
export const BROUGHT_SCHEMAS = {
  handovers: handoverEntries.schema,
};

/** What a user is asked about, by what `approvals.before` calls it. */
export const BROUGHT_APPROVALS = {
  ...handoverEntries.approvals,
};
