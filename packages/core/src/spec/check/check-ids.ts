import type { IdKinds } from '../../do/kinds/cloud/spec-keys.js';
import { idFault } from '../../do/kinds/id-kinds.js';
import type { LookUp } from '../../do/spec.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';

/** Refuses IDs whose prefix differs from `prefix`, and IDs that occur twice in a list. Look-ups pass, and so do all where IDs have no prefix. */
export function checkIds(
  kinds: IdKinds,
  given: LookUp | readonly LookUp[] | undefined,
  prefix: string | undefined,
  path: KeyPath,
  problems: Problem[],
): void {
  const seen = new Set<string>();
  const ids = Array.isArray(given) ? (given as readonly LookUp[]) : given === undefined ? [] : [given as LookUp];
  for (const [at, id] of ids.entries()) {
    if (typeof id !== 'string') continue;
    const place = Array.isArray(given) ? [...path, at] : path;
    if (seen.has(id)) {
      problems.push({
        code: 'INVALID_SPEC',
        message: 'the same ID is listed twice',
        remedy: 'Remove one of the two.',
        path: place,
      });
    }
    seen.add(id);
    const fault = prefix === undefined ? undefined : idFault(kinds, id, prefix);
    if (fault !== undefined) problems.push({ ...fault, path: place });
  }
}
