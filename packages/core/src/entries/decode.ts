export { decodeSnapshot } from '../decode/decode.js';
export { decodePlan } from '../decode/decode.js';
export { decodeJournal, type DecodedJournal } from '../decode/decode.js';
export type { DecodeOptions } from '../decode/decode.js';
export { eventJsonSchema, planJsonSchema, snapshotJsonSchema } from '../decode/json-schemas.js';
