import type { HandoverAccessTypes } from '../handover/access.js';

/** What a worker needs for the kinds of work that clouds bring. */
export type BroughtAccessTypes = [HandoverAccessTypes];

/** Without one, units of its kind are refused (`UNSUPPORTED`). */
export type BroughtAccess = {
  readonly [K in BroughtAccessTypes[number] as K['key']]?: K['access'] | undefined;
};
