import { SNAPSHOT_VERSION, type Snapshot } from '../do/snapshot/snapshot.js';
import { decodeForm, type DecodeOptions } from './decode.js';
import { MAX_SNAPSHOT_LENGTH } from './parse-json.js';
import { snapshotForm } from '../do/snapshot/snapshot-form.js';

/**
 * Reads the text of a snapshot file.
 *
 * ```ts
 * const report = check(decodeSnapshot(readFileSync('snapshot.json', 'utf8')), spec);
 * ```
 *
 * @throws {PosternError} `UNSUPPORTED_VERSION` for a newer file; `INVALID_INPUT` for another file, and with
 *   line and column, or with the path of keys, for an invalid value; `INPUT_TOO_LARGE` over 384 Mi characters
 *   or 64 levels.
 */
export function decodeSnapshot(text: string, options: DecodeOptions = {}): Snapshot {
  const kind = {
    what: 'snapshot',
    version: SNAPSHOT_VERSION,
    alias: 3,
    again: 'Take the snapshot again with `postern snapshot`, or use the version of Postern that wrote it.',
    maxLength: MAX_SNAPSHOT_LENGTH,
  };
  return decodeForm(text, snapshotForm, kind, options);
}
