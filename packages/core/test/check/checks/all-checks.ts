import type { Check } from '../../../src/do/findings/check.js';
import { CLOUDS } from '../../clouds.js';
import { checksOf, rulesOf } from '../../../src/check/checks/registry.js';
import { migrationChecksOf } from '../../../src/moves/validate/checks/index.js';

/** Every check of core and of the clouds. */
export const CHECKS = checksOf(CLOUDS);

/** Every check of a move. */
export const MIGRATION_CHECKS = migrationChecksOf(CLOUDS);

/** Every rule of a report's findings. */
export const RULES = rulesOf(CLOUDS);

/** A check by its ID, from wherever it is brought. */
export function named(id: string): Check {
  const found = CHECKS.find((check) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}
