import { cacheOfStage } from '../cloud/checks/stage-cache.js';
import { usagePlanOfStage } from '../cloud/checks/usage-plan.js';
import { REST_API_DECLARED } from '../cloud/declared-elsewhere.js';

/** What is judged of REST APIs alone, and what reports of their moves say. */
export const restApis = {
  /** By their ranks. */
  checks: { 331: usagePlanOfStage, 333: cacheOfStage },
  declared: { 'rest-api': REST_API_DECLARED },
};
