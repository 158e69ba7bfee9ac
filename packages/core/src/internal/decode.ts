export { decodeSnapshot } from '../decode/decode.js';
export { decodePlan } from '../decode/decode.js';
export { snapshotJsonSchema } from '../decode/json-schemas.js';
