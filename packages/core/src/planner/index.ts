/**
 * The planner: which gateway, link and load balancers fit services, and how much of its quotas an account uses.
 * @packageDocumentation
 */
export { FEATURES, PROTOCOLS, type Needs, type ServiceNeeds } from './needs/needs.js';
export { EXAMPLE_NEEDS } from './needs/example.js';
export { needsOfSnapshot, needsOfSpec, type NeedsPlace } from './needs/from-snapshot.js';
export { advise, type AdviseOptions } from './advise.js';
export {
  ADVICE_VERSION,
  type Advice,
  type Binding,
  type Fit,
  type OptionAdvice,
  type Reason,
  type ReasonCode,
} from './advice.js';
export type { CostPart } from './cost/cost.js';
export type { Feature, OptionId, Protocol } from '../kinds/options/option.js';
export { adviceJson } from './advice-json.js';
export { adviceText } from './advice-text.js';
export { fullQuotas, QUOTA_USES_VERSION, quotaUses, type QuotaUse } from './usage/usage.js';
export { quotaText, type QuotaTextOptions } from './usage/usage-text.js';
