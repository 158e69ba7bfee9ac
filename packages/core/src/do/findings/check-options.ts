import { list, optional, type Shape } from '../forms/form.js';
import { amount, optionalFlag, withFunctions } from '../forms/values.js';
import type { Check } from './check.js';

/** Options of `check`. */
export interface CheckOptions {
  /** The time for comparisons with dates, in milliseconds since 1970; by default that of the snapshot. */
  readonly now?: number | undefined;
  /** The checks to run; by default `checksOf(spec.clouds)`. Add a check of your own as `[...checksOf(spec.clouds), mine]`. */
  readonly checks?: readonly Check[] | undefined;
  /** Whether the report lists passes as well (default), or omits them, which is faster. */
  readonly passes?: boolean | undefined;
  /**
   * Set where the snapshot was read from a file that `encodeSnapshot` wrote, whose lists are sorted already:
   * sorting them again takes as long as some checks.
   */
  readonly sorted?: boolean | undefined;
  /**
   * Set where the snapshot was taken for this check: remedies then say to run the check again, not to take
   * the snapshot again.
   */
  readonly live?: boolean | undefined;
  /** Whether every cause that stops calls on a path is reported; by default the first on each path. */
  readonly throughout?: boolean | undefined;
}

/** The form of {@link CheckOptions}. */
export const checkOptions: Shape<CheckOptions> = {
  now: optional(amount),
  checks: optional(list(withFunctions<Check>('a check, as defineCheck() returns it', 'run'))),
  passes: optionalFlag,
  sorted: optionalFlag,
  live: optionalFlag,
  throughout: optionalFlag,
};
