import type { PosternError } from '../errors.js';
import type { CheckInput, Missing } from '../world/views.js';
import type { Outcome } from './check.js';
import type { Evidence, Severity } from './finding.js';

/** What an outcome is about. */
export interface About {
  readonly subject: string;
  /** The integration's name in the spec, where it is about one. */
  readonly integration?: string | undefined;
}

/** What passes says: its message, and what decided it. */
export interface Said {
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** A check passes. `say` is called only where somebody reads what passes. */
export function holds({ passes }: Pick<CheckInput, 'passes'>, about: About, say: () => Said): Outcome {
  return passes ? { verdict: 'pass', ...about, ...say() } : PASS;
}

/** A pass that nobody reads: it is counted only. */
export const PASS: Outcome = { verdict: 'pass', subject: '', message: '', evidence: [] };

/** A check fails: what is wrong, what decided it, and what to do in one sentence. */
export function fails(
  about: About,
  { message, evidence, remedy, severity }: Said & { readonly remedy: string; readonly severity?: Severity | undefined },
): Outcome {
  return { verdict: 'fail', ...about, message, evidence, remedy, ...(severity === undefined ? {} : { severity }) };
}

/** A check fails since a plan would end with an error: what that says, and its remedy. */
export function refusedByPlan(
  about: About,
  { message, remedy }: Pick<PosternError, 'message' | 'remedy'>,
  evidence: readonly Evidence[],
): Outcome {
  return fails(about, { message: `${message}: \`postern plan\` refuses it`, evidence, remedy });
}

/** Nobody can say: `whether …`, and the fact that is missing. */
export function unsure(
  about: About,
  whether: string,
  missing: Missing,
  {
    evidence = [],
    severity,
  }: { readonly evidence?: readonly Evidence[]; readonly severity?: Severity | undefined } = {},
): Outcome {
  return {
    verdict: 'unknown',
    ...about,
    message: `nobody can say whether ${whether}: ${missing.what} could not be read`,
    evidence: [...evidence, missingEvidence(missing)],
    remedy: missing.remedy,
    ...(severity === undefined ? {} : { severity }),
  };
}

/** A missing fact as evidence; its id is the permission that would supply it, where one would. */
export function missingEvidence({ what, permission }: Missing): Evidence {
  return {
    kind: 'missing fact',
    id: permission ?? what,
    text: permission === undefined ? what : `${what} (${permission})`,
  };
}
