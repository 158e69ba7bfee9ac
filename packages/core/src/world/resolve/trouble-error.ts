import { CloudError, InvalidInputError, type PosternError } from '../../errors.js';
import { placeOf } from '../../model/place.js';
import type { Spec } from '../../model/spec.js';
import type { Missing, Unresolved } from '../views.js';

/** What could not be answered, as the error that a plan throws. */
export function troubleError(spec: Pick<Spec, 'places'>, trouble: Unresolved): PosternError {
  const { code, path, message, remedy, missing, details } = trouble;
  const place = path === '' ? undefined : placeOf(spec, path);
  if (missing?.gap === undefined) return new InvalidInputError(code, message, { place, remedy, details });
  const { gap } = missing;
  return new CloudError(code, message, {
    operation: gap.operation,
    place,
    remedy: gapRemedy(missing),
    details: { gap },
  });
}

/** What to do about a fact that a plan lacks. */
export function gapRemedy({ permissions = [] }: Missing): string {
  return permissions.length === 0
    ? 'Try again; nothing was changed.'
    : `Allow ${permissions.join(' and ')} for these credentials, then try again.`;
}
