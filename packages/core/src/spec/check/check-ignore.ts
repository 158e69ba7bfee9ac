import { RULES } from '../../checks/registry.js';
import { nearest } from '../../text/nearest.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedSpec } from '../schema/spec-schema.js';

/**
 * Reports entries of `ignore` whose check does not exist. Only Postern's own families are known here. A
 * user's check has its own family and is looked up when checks run.
 */
export function checkIgnores(entries: CheckedSpec['ignore'], problems: Problem[]): void {
  if (entries === undefined) return;
  const ids = new Set(RULES.map(({ id }) => id));
  const families = new Set(RULES.map(({ id }) => familyOf(id)));
  for (const [at, { check }] of entries.entries()) {
    if (ids.has(check) || !families.has(familyOf(check)) || check.endsWith('/*')) continue;
    const meant = nearest(check, ids);
    const of = [...ids].filter((id) => familyOf(id) === familyOf(check));
    problems.push({
      code: 'UNKNOWN_REFERENCE',
      message: `check ${check} does not exist`,
      remedy: meant === undefined ? `Checks of this family: ${of.join(', ')}.` : `Did you mean ${meant}?`,
      path: ['ignore', at, 'check'],
    });
  }
}

function familyOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
