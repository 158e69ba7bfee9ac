import { InvalidInputError } from '../errors.js';
import type { Check } from '../findings/check.js';

const ID = /^[a-z][a-z0-9-]{0,31}\/[a-z][a-z0-9-]{0,63}$/;

/**
 * Validates a user's check and returns it. Use a separate family, so that no check of a later version has the
 * same ID: `acme/tags`.
 *
 * ```ts
 * const tagged = defineCheck({ id: 'acme/tags', …, run: function* ({ links }) { … } });
 * check(snapshot, spec, { checks: [...CHECKS, tagged] });
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` where the ID is not `family/name` in lower-case letters, digits
 *   and hyphens.
 */
export function defineCheck(check: Check): Check {
  checkCheckIds([check]);
  return check;
}

/** @throws {InvalidInputError} `INVALID_INPUT` where an ID is invalid, or two checks have the same ID. */
export function checkCheckIds(checks: readonly Check[]): void {
  const seen = new Set<string>();
  for (const { id } of checks) {
    if (!ID.test(id)) {
      throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(id)} cannot be the id of a check`, {
        remedy: 'Write family/name in lower-case letters, digits and hyphens: acme/tags.',
      });
    }
    if (seen.has(id)) {
      throw new InvalidInputError('INVALID_INPUT', `two checks have the id ${id}`, {
        remedy: 'Give one of them another id, in a family of your own: acme/tags.',
      });
    }
    seen.add(id);
  }
}
