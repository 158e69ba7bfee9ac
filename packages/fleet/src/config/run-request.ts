import type { FleetGoal, RunOptions, RunRequest } from '../model.js';
import type { FleetPlan } from './plan-fleet.js';

/** What a run is besides its fleet. */
export type RunRequestOptions = {
  readonly run: string;
  readonly goal: FleetGoal;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly options?: RunOptions | undefined;
};

/** A run of a fleet, as it is sent to the engine. */
export function runRequest(
  { accounts, waves, limits, approvals, approvers }: FleetPlan,
  { run, goal, ...rest }: RunRequestOptions,
): RunRequest {
  return {
    run,
    goal,
    specs: waves.flatMap(({ work }) => work.map(({ name, spec }) => ({ name, spec }))),
    accounts,
    waves: waves.map(({ name, approval, work }) => ({ name, approval, specs: work.map((one) => one.name) })),
    limits,
    approvals,
    approvers,
    ...rest,
  };
}
