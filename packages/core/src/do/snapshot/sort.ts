import { arranged } from './arrange.js';
import { snapshotForm } from './snapshot-form.js';
import type { Snapshot } from './snapshot.js';

/**
 * The snapshot with every list in a fixed order where its order has no meaning. Files contain it, and checks
 * of a live observation use it as well, so that they report the same results in the same order. Lists that
 * are sorted already are shared, not copied.
 */
export function sortSnapshot(snapshot: Snapshot): Snapshot {
  return snapshotForm.order === undefined ? snapshot : arranged(snapshot, snapshotForm.order);
}
