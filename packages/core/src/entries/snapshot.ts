/**
 * Snapshots as text: what was read of an account and region.
 * @packageDocumentation
 */
export { decodeSnapshot } from '../decode/decode.js';
export { encodeSnapshot } from '../do/snapshot/encode.js';
export { SNAPSHOT_VERSION } from '../do/snapshot/snapshot.js';
