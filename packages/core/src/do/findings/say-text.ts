import type { Missing } from '../world/views.js';
import type { Outcome } from './check.js';
import type { Evidence, Mending, Params, Severity } from './finding.js';
import { missingEvidence, missingParams, undetermined } from './missing.js';

/** What an outcome is about. */
export type SayAbout = Pick<Outcome, 'about' | 'subject' | 'integration'>;

export interface SayPassed {
  readonly message: string;
  readonly evidence?: readonly Evidence[] | undefined;
}

export interface SayFailed extends SayPassed {
  /** One sentence with the action to take. */
  readonly remedy?: string | undefined;
  /** Where it is not that of the check. */
  readonly severity?: Severity | undefined;
  /** See `Finding.mendedBy`. */
  readonly mendedBy?: Mending | undefined;
  /** The params that are published, where they are not those of the verdict. */
  readonly params?: Params | undefined;
}

export interface SayUndecided extends Pick<SayFailed, 'evidence' | 'severity'> {
  /** What follows `cannot determine whether`. */
  readonly whether: string;
}

/**
 * The three verdicts of a check: what it is about, the code, the facts, and a function that makes the sentences of
 * the facts.
 *
 * ```ts
 * yield say.fail(about, 'NO_TEAM', { subnet: id }, (p) => ({
 *   message: `${p.subnet} has no tag team`,
 *   remedy: `Give ${p.subnet} the tag team.`,
 *   evidence: [{ kind: 'subnet', id, text: cidrBlock }],
 * }));
 * ```
 *
 * Methods, so that a function that takes any code accepts the verdicts of a check, which take only its `codes`.
 */
/* oxlint-disable typescript/method-signature-style -- see above */
export interface Say<C extends string = string> {
  /** It passes. Where passes are only counted, neither function is called. */
  pass<P extends object>(
    about: SayAbout,
    code: C,
    params: () => P,
    sentence: (params: P) => string | SayPassed,
  ): Outcome;
  /** It fails. */
  fail<P extends object>(about: SayAbout, code: C, params: P, sentence: (params: P) => SayFailed): Outcome;
  /**
   * It cannot be determined. A missing fact of the snapshot becomes evidence and a param. `sentence` is what follows
   * `cannot determine whether`, or the whole message.
   */
  unknown<P extends object>(
    about: SayAbout,
    code: C,
    params: P,
    missing: Missing | undefined,
    sentence: (params: P) => string | SayUndecided | SayFailed,
  ): Outcome;
}
/* oxlint-enable typescript/method-signature-style */

/** A pass that is counted only: it has no sentence. */
export const COUNTED: Outcome = { verdict: 'pass', subject: '', message: '', evidence: [] };

const LISTED: Say = {
  pass(about, code, params, sentence) {
    const facts = params();
    const said = sentence(facts);
    const { message, evidence = [] } = typeof said === 'string' ? { message: said } : said;
    return { verdict: 'pass', ...about, code, params: facts as Params, message, evidence };
  },
  fail(about, code, params, sentence) {
    const { evidence = [], ...said } = sentence(params);
    return { verdict: 'fail', ...about, code, params: params as Params, evidence, ...said };
  },
  unknown(about, code, params, missing, sentence) {
    const said = sentence(params);
    const { evidence = [], severity, ...text } = typeof said === 'string' ? { whether: said } : said;
    return {
      verdict: 'unknown',
      ...about,
      code,
      params: params as Params,
      ...('whether' in text ? undetermined(text.whether, missing) : text),
      severity,
      evidence,
      ...(missing && {
        params: { ...params, missing: missingParams(missing) },
        evidence: [...evidence, missingEvidence(missing)],
      }),
    };
  },
};

const COUNTING: Say = { ...LISTED, pass: () => COUNTED };

/** The verdicts of a check that lists its passes, or only counts them. */
export function sayFor({ passes }: { readonly passes: boolean }): Say {
  return passes ? LISTED : COUNTING;
}
