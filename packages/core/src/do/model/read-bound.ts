/**
 * How long a read may show what was before a change that the cloud has accepted, or has reported as done [U]. A group has status Success
 * before its instance changes, and returns to an instance on which an older read still shows it. No adapter names a longer time
 * (`stalenessMs`).
 */
export const UNSEEN_MS = 30_000;

/** After this time lists show what was done: twice the bound. */
export const SEEN_MS = 2 * UNSEEN_MS;
