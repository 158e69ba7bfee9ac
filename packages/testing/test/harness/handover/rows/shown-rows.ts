import { BLOCKED_ROWS } from './blocked-rows.js';
import { CHANGED_ROWS } from './changed-rows.js';
import type { ShownRow } from './row.js';

/** The rows that a call shows; those that let time pass come last. */
export const SHOWN_ROWS: readonly ShownRow[] = [...CHANGED_ROWS, ...BLOCKED_ROWS].toSorted(
  (a, b) => (a.afterMs ?? 0) - (b.afterMs ?? 0),
);
