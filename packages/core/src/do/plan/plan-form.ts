import { choice, flag, optionalFlag, optionalTexts, texts } from '../forms/values.js';
import { optional, strict, type Shape } from '../forms/form.js';
import { memberOf } from '../input/argument-forms.js';
import type { Plan, PlanOptions } from './plan.js';

/** The form of `PlanOptions.deleteInstances`. */
const deleteInstances = optional(
  choice<boolean | readonly string[]>('true, false or IDs of links', (given) =>
    Array.isArray(given) ? texts : typeof given === 'boolean' ? flag : undefined,
  ),
);

/** The form of each of {@link PlanOptions}. */
export const planOptions: Shape<PlanOptions> = {
  only: optionalTexts,
  all: optionalFlag,
  prune: optionalFlag,
  replaceFailed: optionalFlag,
  deleteInstances,
  names: optionalTexts,
};

export const planOptionsForm = strict<PlanOptions>()(planOptions);

/** A plan. Its fingerprint shows whether it was changed, so its members are not looked at. */
export const planForm = memberOf<Plan>('what plan() or decodePlan() returns', ['units']);
