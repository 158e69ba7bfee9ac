/**
 * Plans: what is there compared with a spec, what a plan may do, and its execution.
 * @packageDocumentation
 */
export * from '../entries/plan.js';
export type { CallCounts } from '../ground/calls/step-context.js';
export { recordedReach } from '../do/apply/reach.js';
export { notReadTexts, type Elsewhere } from '../do/plan/elsewhere.js';
export { observePlan, type ObservedPlan } from '../do/observe/observe-spec.js';
export { planDestroy } from '../do/plan/destroy.js';
export { planForget } from '../do/plan/forget.js';
export { refusePurchases } from '../do/plan/guard/purchases.js';
export { takesAway, takesMoreThan, refuseDeletions } from '../do/plan/guard/deletions.js';
export { refuseAllRoutes } from '../do/plan/removal/remove-routes.js';
export {
  PLAN_VERSION,
  type Deletions,
  type LeftOut,
  type PlanGoal,
  type StepKind,
  type UnitKind,
  type UnreadPart,
} from '../do/plan/plan.js';
export {
  EVENTS_VERSION,
  type EventError,
  type RefusedRun,
  type TimedEvent,
  type StepEvent,
} from '../do/apply/events.js';
export type { Runs, WaitGoal } from '../do/apply/run.js';
export type { SpecPart } from '../do/plan/only/part-of.js';
