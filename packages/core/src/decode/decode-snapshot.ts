import { SNAPSHOT_VERSION, type Snapshot } from '../snapshot/snapshot.js';
import { decode, type DecodeOptions } from './decode.js';
import { snapshotSchema } from './snapshot-schema.js';

/**
 * Reads the text of a snapshot file.
 * @throws {PosternError} `UNSUPPORTED_VERSION` for a newer or another file; `INVALID_INPUT` with line and column, or with the
 *   path of keys, for what does not fit; `INPUT_TOO_LARGE` over 64 Mi characters or 64 levels.
 */
export function decodeSnapshot(text: string, options: DecodeOptions = {}): Snapshot {
  return decode(text, snapshotSchema, { what: 'snapshot', version: SNAPSHOT_VERSION }, options);
}
