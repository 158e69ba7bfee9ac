import { memberOf } from '../forms/values.js';
import type { Snapshot } from './snapshot.js';

/**
 * A snapshot: that its regions have their lists is known of what `observe` and `decodeSnapshot` return, and millions of
 * members are not looked at again.
 */
export const snapshotArgument = memberOf<Snapshot>('what observe() or decodeSnapshot() returns', [
  'version',
  'regions',
  'takenAt',
]);
