/** Tags by key, in the order in which they were set. */
export type TagRow = Record<string, string>;
