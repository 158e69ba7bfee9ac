export { decodeSnapshot } from '../decode/decode-snapshot.js';
export { decodePlan } from '../decode/decode-plan.js';
export { decodeJournal, type DecodedJournal } from '../decode/decode-journal.js';
export type { DecodeOptions } from '../decode/decode.js';
export { eventJsonSchema, planJsonSchema, snapshotJsonSchema } from '../decode/json-schemas.js';
