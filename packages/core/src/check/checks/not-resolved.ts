import type { Outcome } from '../../do/findings/check.js';
import type { Evidence, Params } from '../../do/findings/finding.js';
import { missingParams, fail } from '../../do/findings/say.js';
import type { About } from '../../do/findings/subject.js';
import type { Unresolved } from '../../do/world/views.js';

/** The verdict of {@link notResolved}, for the codes of a check. */
export const NOT_RESOLVED = { NOT_RESOLVED: fail('{message}', '{remedy}') };

/** What the spec names, and the snapshot does not show, or cannot show. */
export function notResolved(
  about: About,
  { verdict, message, remedy, missing }: Pick<Unresolved, 'verdict' | 'message' | 'remedy' | 'missing'>,
  evidence: readonly Evidence[],
  facts: Params = { message, remedy },
): Outcome {
  const params = missing === undefined ? facts : { ...facts, missing: missingParams(missing) };
  return { verdict, ...about, code: 'NOT_RESOLVED', params, message, evidence, remedy };
}
