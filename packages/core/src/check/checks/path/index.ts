import type { RankedCheck } from '../../../do/findings/check.js';
import { PATH_CODES, PATH_RULES } from '../../path/reasons/index.js';
import { outcomesOf } from './outcomes.js';

/** The checks of the family `path/*`: each is one question to the traces. */
export const pathChecks: readonly RankedCheck[] = PATH_RULES.map((rule, at) => ({
  severity: 'error',
  ...rule,
  rank: 770 + 8 * at,
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, rule.id),
}));
