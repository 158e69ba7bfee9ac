import { idFault } from '../../do/kinds/id-kinds.js';
import type { LookUp } from '../../do/spec.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';

/** Refuses IDs whose prefix differs from `prefix`, and IDs that occur twice in a list. Look-ups pass. */
export function checkIds(
  provider: 'aws' | 'alibaba',
  ids: readonly LookUp[] | undefined,
  prefix: string,
  path: KeyPath,
  problems: Problem[],
  single = false,
): void {
  const seen = new Set<string>();
  for (const [at, id] of (ids ?? []).entries()) {
    if (typeof id !== 'string') continue;
    const place = single ? path : [...path, at];
    if (seen.has(id)) {
      problems.push({
        code: 'INVALID_SPEC',
        message: 'the same ID is listed twice',
        remedy: 'Remove one of the two.',
        path: place,
      });
    }
    seen.add(id);
    const fault = idFault(provider, id, prefix);
    if (fault !== undefined) problems.push({ ...fault, path: place });
  }
}
