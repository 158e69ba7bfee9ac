export * from '../decode/decode.js';
export * from '../decode/json-schemas.js';
