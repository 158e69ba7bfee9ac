import type { Check } from '../../../src/do/findings/check.js';
import { checksOf, rulesOf } from '../../../src/check/checks/registry.js';
import { migrationChecksOf } from '../../../src/moves/validate/checks/index.js';
import { BUILT_IN } from '../../../src/do/kinds/built-in/built-in.js';

/** Every check of core and of the clouds. */
export const CHECKS = checksOf(BUILT_IN);

/** Every check of a move. */
export const MIGRATION_CHECKS = migrationChecksOf(BUILT_IN);

/** Every rule of a report's findings. */
export const RULES = rulesOf(BUILT_IN);

/** A check by its ID, from wherever it is brought. */
export function named(id: string): Check {
  const found = CHECKS.find((check) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}
