import type { PosternError } from '../errors.js';
import type { CheckInput, Missing } from '../world/views.js';
import type { Outcome } from './check.js';
import type { Evidence, Params, Severity } from './finding.js';
import type { About } from './subject.js';

/** What passes says: its message, and what decided it. */
export interface Said {
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly code?: string | undefined;
  readonly params?: Params | undefined;
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
  { severity, ...said }: Said & { readonly remedy: string; readonly severity?: Severity | undefined },
): Outcome {
  return { verdict: 'fail', ...about, ...said, ...(severity === undefined ? {} : { severity }) };
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
    code,
    params,
  }: {
    readonly evidence?: readonly Evidence[];
    readonly severity?: Severity | undefined;
    readonly code?: string | undefined;
    readonly params?: Params | undefined;
  } = {},
): Outcome {
  return {
    verdict: 'unknown',
    ...about,
    ...(code === undefined ? {} : { code }),
    ...notRead(whether, missing),
    params: { ...params, missing: missingParams(missing) },
    evidence: [...evidence, missingEvidence(missing)],
    ...(severity === undefined ? {} : { severity }),
  };
}

/** What is said where a fact is missing. */
export function notRead(
  whether: string,
  { what, remedy }: Missing,
): { readonly message: string; readonly remedy: string } {
  return { message: `nobody can say whether ${whether}: ${what} could not be read`, remedy };
}

/** A missing fact as a param: `{ what: 'route tables of eu-west-1', permission: 'ec2:DescribeRouteTables' }`. */
export function missingParams({ what, permission }: Missing): Params {
  return permission === undefined ? { what } : { what, permission };
}

/** A missing fact as evidence; its id is the permission that would supply it, where one would. */
export function missingEvidence({ what, permission }: Missing): Evidence {
  return {
    kind: 'missing fact',
    id: permission ?? what,
    text: permission === undefined ? what : `${what} (${permission})`,
  };
}
