import type { CheckOptions } from '../findings/check.js';
import type { ExplainOptions, Explanation } from '../findings/explanation.js';
import type { CheckReport } from '../findings/finding.js';
import type { NamedFindings } from '../findings/named-findings.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { AnySpec } from '../input/given-spec.js';
import type { Clouds, OnClouds } from '../kinds/cloud/clouds.js';
import type { Spec } from '../spec.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { SpecPart } from './only/part-of.js';
import type { Plan } from './plan.js';

/**
 * The checks, as what plans and applies uses them: `judge` of `@postern/core/check`. It is given, so that a program that creates
 * one link does not load every check.
 */
export interface Judge {
  /** `check` of `@postern/core/check`. */
  readonly check: (snapshot: Snapshot, spec: AnySpec, options: CheckOptions & OnClouds) => CheckReport;
  /** `explain` of `@postern/core/check`. */
  readonly explain: (snapshot: Snapshot, spec: AnySpec, options: ExplainOptions & OnClouds) => readonly Explanation[];
  /** Reads `ignoreFindings`; see `parseIgnoredFindings`. */
  readonly ignored: (texts: readonly string[], clouds: Clouds) => readonly NamedFindings[];
  /** A plan with the findings about what it changes; see `judgePlan`. */
  readonly judge: (plan: Plan, snapshot: Snapshot, part: SpecPart, ignored: readonly NamedFindings[]) => Plan;
  /** Refuses a plan after which an error remains; see `refuseFindings`. */
  readonly refuse: (plan: Plan, spec: Spec) => void;
}

/**
 * The judge that was given to a function.
 * @throws {InvalidInputError} `INVALID_INPUT` without one: what changes calls is never left unchecked in silence.
 */
export function givenJudge(who: string, judge: Judge | undefined): Judge {
  if (judge !== undefined) return judge;

  throw new InvalidInputError('INVALID_INPUT', `${who}: judge is missing`, {
    place: { path: 'judge' },
    remedy: "Pass `judge`, which '@postern/core/check' exports.",
  });
}
