/**
 * The planner: which gateway, link and load balancers fit services, and how much of its quotas an account uses.
 * @packageDocumentation
 */
export { FEATURES, PROTOCOLS, type Needs, type ServiceNeeds } from '../planner/needs/needs.js';
export { EXAMPLE_NEEDS } from '../planner/needs/example.js';
export { needsOfSnapshot, needsOfSpec, type NeedsPlace } from '../planner/needs/from-snapshot.js';
export { advise, type AdviseOptions } from '../planner/advise.js';
export {
  ADVICE_VERSION,
  type Advice,
  type Binding,
  type Fit,
  type OptionAdvice,
  type Reason,
  type ReasonCode,
} from '../planner/advice.js';
export type { CostPart } from '../planner/cost/cost.js';
export type { Feature, OptionId, Protocol } from '../do/kinds/options/option.js';
export { adviceJson } from '../planner/advice-json.js';
export { adviceText } from '../planner/advice-text.js';
export { fullQuotas, QUOTA_USES_VERSION, quotaUses, type QuotaUse } from '../planner/usage/usage.js';
export { quotaText, type QuotaTextOptions } from '../planner/usage/usage-text.js';
