/** What an engine executes plans with: `Run` is its part, and what each unit does is the same as in one process. */
export * from '../do/apply/execute-unit.js';
export * from '../do/apply/plan-again.js';
export * from '../do/apply/link-waits.js';
export * from '../do/apply/outcome.js';
export * from '../ground/calls/step-context.js';
export { passedSince, requireInTime, type WriteFence } from '../ground/calls/write-fence.js';
export * from '../ground/clocks/cloud-time.js';
export * from '../ground/clocks/abort.js';
export * from '../do/world/resolve/problems.js';
export * from '../do/plan/guard/deletions.js';
export * from '../do/apply/run.js';
