import { optionalFlag, optionalTexts } from '../forms/values.js';
import { strict, type Shape } from '../forms/form.js';
import { memberOf } from '../input/argument-forms.js';
import type { Plan, PlanOptions } from './plan.js';

/** The form of each of {@link PlanOptions}. */
export const planOptions: Shape<PlanOptions> = {
  only: optionalTexts,
  all: optionalFlag,
  prune: optionalFlag,
  replaceFailed: optionalFlag,
  deleteInstances: optionalFlag,
  names: optionalTexts,
};

export const planOptionsForm = strict<PlanOptions>()(planOptions);

/** A plan. Its fingerprint shows whether it was changed, so its members are not looked at. */
export const planForm = memberOf<Plan>('what plan() or decodePlan() returns', ['units']);
