import type { Rule } from '../../../do/findings/check.js';
import type { PathCheckId } from '../../path/model/step.js';
import { outcomesOf, PATH_CHECK_IDS, type PathStatement } from '../../path/results/outcomes.js';
import type { CheckInput } from '../../../do/world/views.js';

/** A check of the family `path/*` without its texts: one question to the traces. */
export interface PathJudgement extends Pick<Rule, 'severity'> {
  readonly id: PathCheckId;
  readonly run: (input: CheckInput) => readonly PathStatement[];
}

/** The checks of the family `path/*`, in the order of a packet's path. */
export const pathChecks: readonly PathJudgement[] = PATH_CHECK_IDS.map((id) => ({
  id,
  severity: 'error',
  run: (input) => outcomesOf(input, id),
}));
