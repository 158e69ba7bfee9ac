export { decodeSnapshot } from './decode-snapshot.js';
export { decodePlan } from './decode-plan.js';
export { decodeJournal, type DecodedJournal } from './decode-journal.js';
export type { DecodeOptions } from './decode.js';
export { eventJsonSchema, planJsonSchema, snapshotJsonSchema } from './json-schemas.js';
