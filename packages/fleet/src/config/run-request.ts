import { InvalidInputError } from '@postern/core';
import { changesClouds } from '../client.js';
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

/** The key of a file that declares what a goal does. */
export const DECLARED = {
  apply: 'specs',
  check: 'specs',
  watch: 'specs',
  migrate: 'moves',
  handover: 'handovers',
} as const;

/** The work of a goal. What changes nothing needs no approval. @throws {InvalidInputError} `INVALID_FLEET` where the fleet has none */
export function wavesFor({ fleet, waves, moveWaves, handoverWaves }: FleetPlan, goal: FleetGoal): FleetPlan['waves'] {
  const key = DECLARED[goal];
  const chosen = { specs: waves, moves: moveWaves, handovers: handoverWaves }[key];
  // A round has one wave: where an account cannot be read, the others are watched all the same.
  if (goal === 'watch' && chosen.length > 0)
    return [{ name: 'all', approval: false, work: chosen.flatMap(({ work }) => work) }];
  if (chosen.length > 0) return changesClouds(goal) ? chosen : chosen.map((wave) => ({ ...wave, approval: false }));
  throw new InvalidInputError('INVALID_FLEET', `fleet ${fleet} has nothing to ${goal}: it declares no ${key}`, {
    remedy: `Add \`${key}\` to its file.`,
  });
}

/** A run of a fleet, as it is sent to the engine. @throws {InvalidInputError} as `wavesFor` */
export function runRequest(plan: FleetPlan, { run, goal, ...rest }: RunRequestOptions): RunRequest {
  const { accounts, limits, approvals, approvers } = plan;
  const waves = wavesFor(plan, goal);
  return {
    run,
    goal,
    specs: waves.flatMap(({ work }) =>
      work.map(({ name, spec, moves, handovers }) => ({ name, spec, moves, handovers })),
    ),
    accounts,
    waves: waves.map(({ name, approval, work }) => ({ name, approval, specs: work.map((one) => one.name) })),
    limits,
    approvals,
    approvers,
    ...rest,
  };
}
