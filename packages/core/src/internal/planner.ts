/**
 * The planner: which gateway, link and load balancers fit services, and how much of its quotas an account uses.
 * @packageDocumentation
 */
export * from '../entries/planner.js';
export { FEATURES, PROTOCOLS, type Feature, type Protocol } from '../planner/needs/needs.js';
export type { ServiceNeeds } from '../planner/needs/needs.js';
export { needsOfSnapshot, needsOfSpec, type NeedsPlace } from '../planner/needs/from-snapshot.js';
export type { AdviseOptions } from '../planner/advise.js';
export type { Binding, Fit, Reason, ReasonCode } from '../planner/advice.js';
export type { CostPart } from '../planner/cost/cost.js';
export {
  definePlanner,
  type CloudPlanner,
  type OtherAccounts,
  type OtherAccountWay,
} from '../planner/cloud/cloud-planner.js';
export type { Ceiling, PerApi, PlannerOption, Support } from '../planner/cloud/option.js';
export type { BalancerKind, BalancerPrices, Balancing } from '../planner/cloud/instances.js';
export type { Instances, InstanceType } from '../planner/cloud/instances.js';
export type { AddedCost, CostCount, FeatureCost, Price, Prices, PriceTier } from '../planner/cloud/cloud-planner.js';
export { adviceJson } from '../planner/advice.js';
export { adviceMarkdown } from '../planner/advice-document.js';
export { adviceReport, adviceRules } from '../planner/advice-report.js';
export { fullQuotas, QUOTA_USES_VERSION, quotaUses, type QuotaUse } from '../planner/usage/usage.js';
export { quotaText, type QuotaTextOptions } from '../planner/usage/usage.js';
