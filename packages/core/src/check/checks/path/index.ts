import type { Check } from '../../../do/findings/check.js';
import { PATH_CODES, PATH_RULES } from '../../path/reasons/index.js';
import { outcomesOf } from './outcomes.js';

/** The checks of the family `path/*`: each is one question to the traces. */
export const pathChecks: readonly Check[] = PATH_RULES.map((rule) => ({
  ...rule,
  severity: 'error',
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, rule.id),
}));
