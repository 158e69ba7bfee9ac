import type { Evidence, Mending, Params, Severity, Verdict } from './finding.js';
import type { Texts } from './text.js';
import type { Subject } from './subject.js';
import type { CheckInput } from '../world/views.js';
import { list, optional, type Infer } from '../forms/form.js';
import { amount, optionalFlag, withFunctions } from '../forms/values.js';

/** What is known of a check without running it: for the documentation, and for the rules of SARIF. */
export type Rule = Omit<Check, 'run'>;

/** One check: a question with an answer for each of its subjects. */
export interface Check {
  /** Family and name: `link/single-zone`. Never changes its meaning. */
  readonly id: string;
  /**
   * The condition that holds where the check passes, as a sentence without a full stop: `The link has subnets
   * in two zones`.
   */
  readonly title: string;
  /** That of a failure and of an unknown, where an outcome does not say otherwise. */
  readonly severity: Severity;
  /** One or two paragraphs for the documentation: what is checked, why it matters, what to do. */
  readonly about: string;
  /** Addresses of the pages that the rule comes from. A check of core leaves those of a cloud to its value. */
  readonly sources?: readonly string[] | undefined;
  /** Facts that it depends on and that no source states: [U], or that are inferred from a source: [I]. */
  readonly unsettled?: readonly string[] | undefined;
  /** The codes of its findings, where it lists them. */
  readonly codes?: readonly string[] | undefined;
  /** Their sentences with placeholders, where it has them by code. */
  readonly texts?: Texts | undefined;
  /** Pure: no network, no clock, no randomness. A generator or a list. */
  readonly run: (input: CheckInput) => Iterable<Outcome>;
}

/** A check with its place among all: in reports, documentation and `explain`, a lower rank comes first. */
export interface RankedCheck extends Check {
  readonly rank: number;
}

/** The result of a check for one subject. The report adds the check's ID and the default severity. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly severity?: Severity | undefined;
  /** Which statement it is, in capitals: `QUOTA_REACHED`; by default `PASSED`, `FAILED` or `UNKNOWN`. */
  readonly code?: string | undefined;
  /** The integration's name in the spec. */
  readonly integration?: string | undefined;
  /** What it is about, with kinds and ids. Reports combine findings that have it. */
  readonly about?: readonly Subject[] | undefined;
  readonly subject: string;
  /** See `Finding.routes`. */
  readonly routes?: readonly string[] | undefined;
  /** The facts of message and remedy. Reports combine findings of one code whose facts differ little. */
  readonly params?: Params | undefined;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly remedy?: string | undefined;
  /** See `Finding.mendedBy`. */
  readonly mendedBy?: Mending | undefined;
}

export const checkOptions = {
  /** The time for comparisons with dates, in milliseconds since 1970; by default that of the snapshot. */
  now: optional(amount),
  /** The checks to run; by default `checksOf(clouds)`. Add a check of your own as `[...checksOf(clouds), mine]`. */
  checks: optional(list(withFunctions<Check>('a check, as defineCheck() returns it', 'run'))),
  /** Whether the report lists passes as well (default), or omits them, which is faster. */
  passes: optionalFlag,
  /**
   * Set where the snapshot was read from a file that `encodeSnapshot` wrote, whose lists are sorted already:
   * sorting them again takes as long as some checks.
   */
  sorted: optionalFlag,
  /**
   * Set where the snapshot was taken for this check: remedies then say to run the check again, not to take
   * the snapshot again.
   */
  live: optionalFlag,
  /** Whether every cause that stops calls on a path is reported; by default the first on each path. */
  throughout: optionalFlag,
  /**
   * Set where the snapshot shows what a plan makes of it: the health of targets is then older than rules and routes, and contradicts
   * nothing that is derived from them.
   */
  planned: optionalFlag,
};

/** Options of `check`. */
export interface CheckOptions extends Infer<typeof checkOptions> {}
