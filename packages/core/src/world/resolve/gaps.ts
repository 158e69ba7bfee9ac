import { ERROR_CODES, type ErrorCode } from '../../error-codes.js';
import { CloudError, type SourcePlace } from '../../errors.js';
import type { Gap, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';

/** The first gap because of which `list` may lack something; with `id`, because of which that one resource may. */
function gapIn(region: RegionSnapshot, list: SnapshotList, id?: string): Gap | undefined {
  return region.gaps.find(
    (gap) => (gap.of === undefined || gap.of === list) && (gap.id === undefined || id === undefined || gap.id === id),
  );
}

/**
 * Refuses to conclude anything from what a list lacks while the list could not be read to its end.
 * @throws {CloudError} the code of the gap: `PERMISSION_DENIED`, `INCOMPLETE_LIST`, `THROTTLED`, …
 */
export function requireComplete(
  region: RegionSnapshot,
  list: SnapshotList,
  options: { readonly id?: string | undefined; readonly place?: SourcePlace | undefined } = {},
): void {
  const gap = gapIn(region, list, options.id);
  if (gap === undefined) return;
  throw new CloudError(codeOf(gap), `${gap.what} could not be read, so nothing can be concluded from what is missing`, {
    operation: gap.operation,
    place: options.place,
    remedy:
      gap.permission === undefined
        ? 'Try again; nothing was changed.'
        : `Allow ${gap.permission} for these credentials, then try again.`,
    details: { gap },
  });
}

/** A gap may come from a file; a code that is none of ours says only that the list is not whole. */
function codeOf(gap: Gap): ErrorCode {
  return Object.hasOwn(ERROR_CODES, gap.code) ? (gap.code as ErrorCode) : 'INCOMPLETE_LIST';
}
