import type { SourcePlace } from '../../../ground/errors.js';
import type { RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';
import { gapFacts } from '../index/gap-facts.js';
import { gapError } from './trouble-error.js';

/**
 * Refuses to conclude anything from what a list lacks while the list could not be read to its end.
 * @throws {CloudError} the code of the gap: `PERMISSION_DENIED`, `INCOMPLETE_LIST`, `THROTTLED`, …
 */
export function requireComplete(
  region: RegionSnapshot,
  list: SnapshotList,
  options: { readonly id?: string | undefined; readonly place?: SourcePlace | undefined } = {},
): void {
  const missing = gapFacts(region)(list, options.id);
  if (missing?.gap === undefined) return;
  const message = `${missing.what} could not be read, so the list may be incomplete`;
  throw gapError(missing.gap, missing, message, options.place);
}
