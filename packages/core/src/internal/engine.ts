/**
 * What an engine executes plans with: `Run` is its part, and what each unit does is the same as in one process.
 * @packageDocumentation
 */
export { executeUnit } from '../do/apply/execute-unit.js';
export { refuseMoved, stillPlannedNow } from '../do/apply/plan-again.js';
export { afterPoll, endsWaits, pollLinks, type AwaitedLink, type SeenWait } from '../do/apply/link-waits.js';
export { stepError } from '../do/apply/outcome.js';
export { stepContext } from '../ground/calls/step-context.js';
export { latestTime } from '../ground/clocks/cloud-time.js';
export { aborted } from '../ground/clocks/abort.js';
export { requireComplete } from '../do/world/resolve/problems.js';
export { refuseEmpty } from '../do/plan/guard/deletions.js';
export type {
  LinkWaitResult,
  Run,
  StepAttempt,
  StepCounts,
  StepError,
  StepOptions,
  StepOutcome,
  UnitResult,
} from '../do/apply/run.js';
