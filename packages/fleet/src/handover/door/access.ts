import type { HandoverAccess } from '../access.js';

/** What a worker needs for hand-overs, and the option that gives it. */
export type HandoverAccessTypes = { readonly key: 'handoverAccess'; readonly access: HandoverAccess };
export type { HandoverAccess, HandoverClient } from '../access.js';
