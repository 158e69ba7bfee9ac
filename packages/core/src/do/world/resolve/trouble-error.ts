import { CloudError, InvalidInputError, type PosternError, type SourcePlace } from '../../../ground/errors.js';
import { placeOf } from '../../model/place.js';
import type { Spec } from '../../spec.js';
import type { Gap, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';
import { gapCode } from '../index/look-up.js';
import type { Missing, Unresolved } from '../views.js';
import { gapFacts } from '../index/gap-facts.js';

/** What could not be answered, as the error that a plan throws. */
export function troubleError(spec: Pick<Spec, 'places'>, trouble: Unresolved): PosternError {
  const { code, path, message, remedy, missing, details } = trouble;
  const place = path === '' ? undefined : placeOf(spec, path);
  if (missing?.gap === undefined) return new InvalidInputError(code, message, { place, remedy, details });
  return gapError(missing.gap, missing, message, place);
}

/** The error of a fact that a failed call left open: the code of the gap, and what would fill it. */
function gapError(gap: Gap, missing: Missing, message: string, place: SourcePlace | undefined): CloudError {
  const remedy = gapRemedy(missing);
  return new CloudError(gapCode(missing), message, { operation: gap.operation, place, remedy, details: { gap } });
}

function gapRemedy({ permissions = [] }: Missing): string {
  return permissions.length === 0
    ? 'Try again; nothing was changed.'
    : `Allow ${permissions.join(' and ')} for these credentials, then try again.`;
}

/** A refusal of a rule, with the position of the refused key in the spec. */
export function refusalAt({ code, message, remedy, details }: PosternError, place: SourcePlace): InvalidInputError {
  return new InvalidInputError(code, message, { place, remedy, details });
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
  const missing = gapFacts(region)(list, options.id);
  if (missing?.gap === undefined) return;
  const message = `${missing.what} could not be read, so the list may be incomplete`;
  throw gapError(missing.gap, missing, message, options.place);
}
