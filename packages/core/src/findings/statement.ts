import type { CheckInput, Missing } from '../world/views.js';
import type { Rule } from './check.js';
import type { Evidence, Mending, Params, Severity, Verdict } from './finding.js';
import { missingEvidence } from './missing.js';
import type { About } from './subject.js';

/** The message of a failure, and its remedy in one sentence. */
export interface Sentence {
  readonly message: string;
  readonly remedy?: string | undefined;
  /** See `Finding.mendedBy`: where the sentence knows it, beside the remedy that says so. */
  readonly mendedBy?: Mending | undefined;
  /** The params that are published, where a sentence of another check is one of them. */
  readonly params?: Params | undefined;
}

/**
 * The sentences of a check by code. For a pass: the message. For a failure: message and remedy. For an
 * unknown: what follows `cannot determine whether`, or the whole message.
 */
// oxlint-disable-next-line no-explicit-any -- each code has params of its own
export type Says = Readonly<Record<string, (params: any) => string | Sentence>>;

/**
 * The texts of a check: those of its documentation, and its sentences. Loaded for output, not for judgement.
 */
export interface CheckWords<S extends Says = Says> extends Pick<Rule, 'title' | 'about' | 'sources'> {
  readonly says: S;
}

/** An outcome without sentences. */
export interface Statement extends About {
  readonly verdict: Verdict;
  readonly severity?: Severity | undefined;
  readonly mendedBy?: Mending | undefined;
  readonly code: string;
  readonly params: Params;
  /** The fact that an unknown waits for. */
  readonly missing?: Missing | undefined;
  readonly evidence: readonly Evidence[];
}

/** A check without its texts. */
export interface Judgement<I = CheckInput> extends Pick<Rule, 'id' | 'severity'> {
  readonly run: (input: I) => Iterable<Statement>;
}

/** The params of one code of a check. */
export type ParamsOf<S extends Says, C extends keyof S> = S[C] extends (params: infer P) => unknown
  ? unknown extends P
    ? Params
    : P
  : never;

interface Facts<P> {
  readonly params: P;
  readonly evidence: readonly Evidence[];
}

interface How {
  readonly evidence?: readonly Evidence[] | undefined;
  readonly severity?: Severity | undefined;
  readonly mendedBy?: Mending | undefined;
}

/** A pass that is counted only. */
export const PASSED: Statement = { verdict: 'pass', about: [], subject: '', code: 'PASSED', params: {}, evidence: [] };

/**
 * The three verdicts of a check, restricted to the codes and params of its texts (`import type` of these is
 * enough).
 */
export interface Stating<S extends Says> {
  /** It passes. `facts` is called only where passes are listed. */
  readonly holds: <C extends keyof S & string>(
    input: Pick<CheckInput, 'passes'>,
    about: About,
    code: C,
    facts: () => Facts<ParamsOf<S, C>>,
  ) => Statement;
  /** It fails; `severity` where it is not that of the check. */
  readonly fails: <C extends keyof S & string>(
    about: About,
    code: C,
    facts: Facts<ParamsOf<S, C>> & Pick<How, 'severity' | 'mendedBy'>,
  ) => Statement;
  /** It cannot be determined, since a fact is missing. */
  readonly unsure: <C extends keyof S & string>(
    about: About,
    code: C,
    params: ParamsOf<S, C>,
    missing: Missing,
    how?: How,
  ) => Statement;
}

// oxlint-disable-next-line no-explicit-any -- the types are those of the words
const STATING: Stating<any> = {
  holds: ({ passes }, about, code, facts) => {
    if (!passes) return PASSED;
    const { params, evidence } = facts();
    return { verdict: 'pass', ...about, code, params, evidence };
  },
  fails: (about, code, { params, evidence, severity, mendedBy }) => ({
    verdict: 'fail',
    ...about,
    code,
    params,
    evidence,
    ...(severity === undefined ? {} : { severity }),
    ...(mendedBy === undefined ? {} : { mendedBy }),
  }),
  unsure: (about, code, params, missing, { evidence = [], severity } = {}) => ({
    verdict: 'unknown',
    ...about,
    code,
    params,
    missing,
    evidence: [...evidence, missingEvidence(missing)],
    ...(severity === undefined ? {} : { severity }),
  }),
};

/** The verdicts of a check with these texts: `const { fails } = stating<(typeof quotaWords)['says']>();`. */
export function stating<S extends Says>(): Stating<S> {
  return STATING;
}
