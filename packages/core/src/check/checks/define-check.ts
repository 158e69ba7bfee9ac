import { isObject } from '../../ground/json.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Check, Outcome, RankedCheck } from '../../do/findings/check.js';
import { sayOf, type Say, type Texts } from '../../do/findings/say.js';
import type { CheckInput } from '../../do/world/views.js';

const ID = /^[a-z][a-z0-9-]{0,31}\/[a-z][a-z0-9-]{0,63}$/;

/** What a check consists of: its texts for the documentation, its verdicts as sentences with placeholders, and its condition. */
export interface CheckDefinition<T extends Texts = Texts> extends Omit<Check, 'run' | 'codes' | 'texts'> {
  /** Its verdicts by their codes, in capitals. */
  readonly codes: T;
  /** As `run` of a {@link Check}. `say` makes outcomes. */
  readonly run: (input: CheckInput, say: Say<T>) => Iterable<Outcome>;
}

/**
 * A check: its condition, and the sentences beside each verdict. Use a separate family, so that no check of a later
 * version has the same ID: `acme/tags`.
 *
 * ```ts
 * const tagged = defineCheck({ id: 'acme/tags', …, codes: { … }, *run({ links }, say) { … yield say.NO_TEAM(…); } });
 * check(snapshot, spec, { clouds, checks: [...checksOf(clouds), tagged] });
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` where the ID is not `family/name` in lower-case letters, digits
 *   and hyphens, or `codes` is not an object.
 */
export function defineCheck<const T extends Texts>(definition: CheckDefinition<T>): Check {
  const { id, codes, run } = definition;
  if (!isObject(codes)) {
    throw new InvalidInputError('INVALID_INPUT', `\`codes\` of the check ${id} does not have its sentences`, {
      remedy: "Write codes: { NO_TEAM: fail('{subnet} has no tag team', 'Give {subnet} the tag team.') }.",
    });
  }

  const defined = {
    ...definition,
    codes: Object.keys(codes),
    texts: codes,
    run: (input: CheckInput) => run(input, sayOf(codes, input)),
  };
  checkCheckIds([defined]);
  return defined;
}

/** Checks by their ranks, such as the checks of a cloud: `checks: ranked({ 8810: spareTunnel })`. */
export function ranked<C extends object>(
  checks: Readonly<Record<number, C>>,
): readonly (C & Pick<RankedCheck, 'rank'>)[] {
  return Object.entries(checks).map(([rank, check]) => ({ ...check, rank: Number(rank) }));
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
