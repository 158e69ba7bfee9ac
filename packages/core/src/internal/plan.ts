/** Plans: what is there compared with a spec, what a plan may do, and its execution. */
export * from '../entries/plan.js';
export * from '../ground/calls/step-context.js';
export * from '../do/apply/reach.js';
export * from '../do/plan/elsewhere.js';
export * from '../do/observe/observe-spec.js';
export * from '../do/plan/destroy.js';
export * from '../do/plan/forget.js';
export * from '../do/plan/guard/purchases.js';
export * from '../do/plan/guard/deletions.js';
export * from '../do/plan/removal/remove-routes.js';
export * from '../do/plan/plan.js';
export * from '../do/apply/events.js';
export * from '../do/apply/run.js';
export * from '../do/plan/only/part-of.js';
