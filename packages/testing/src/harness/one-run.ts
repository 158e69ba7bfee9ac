import {
  apply,
  diff,
  isPosternError,
  observeSpec,
  planDestroy,
  planText,
  type Plan,
  type PlanOptions,
  type RunEvent,
  type Snapshot,
  type Spec,
} from '@postern/core';
import type { Scenario } from './scenario.js';
import type { VirtualProcess } from './virtual-process.js';

/** What a process does. `apply-all` also deletes the links that cost money and are kept without consent. */
export type Goal = 'apply' | 'apply-all' | 'destroy';

/** How a run ended. */
export interface Ended {
  /** Failed steps, or the error that ended the run, with codes; none: it is done. */
  readonly failed: readonly string[];
  readonly killed: boolean;
  /** Whether its journal is gone. */
  readonly lostJournal: boolean;
}

/** More than any scenario deletes: trials are not about the guard. */
const ANY = 10_000;

/**
 * Plans and applies as one process. Also ends when the process is killed.
 * @throws what is not an error of Postern: a defect
 */
export async function oneRun(
  scenario: Scenario,
  spec: Spec,
  goal: Goal,
  process: VirtualProcess,
  onStep: () => void,
): Promise<Ended> {
  const failed: string[] = [];
  const hear = (event: RunEvent): void => {
    process.write(`the event ${event.type}`, event);
    if (event.type === 'step.failed') failed.push(`${event.step}: ${event.error.code}: ${event.error.message}`);
    if (event.type === 'run.done' && event.unread !== undefined && event.unread.length > 0)
      failed.push('unread regions');
    if (!process.isDead && event.type !== 'step.progress' && event.type !== 'step.waiting') onStep();
  };
  const work = async (): Promise<void> => {
    try {
      const drivers = scenario.drivers(process);
      const { context, journal, callGateway } = process;
      const plan = planFor(await observed(scenario, spec, goal, process), spec, goal);
      const permitted = { allowPurchase: true, maxDeletes: ANY, deleteAllRoutes: true };
      process.write('the plan', [plan, planText(plan)]);
      for await (const event of apply(plan, { spec, drivers, context, journal, callGateway, ...permitted }))
        hear(event);
    } catch (error) {
      if (!isPosternError(error)) throw error;
      process.write('an error', [error, error.message, error.remedy, error.details]);
      failed.push(`${error.code}: ${error.message}`);
    }
  };
  await Promise.race([work(), process.killed]);
  return { failed, killed: process.isDead, lostJournal: process.lostJournal };
}

/** What a process observes. @throws {PosternError} as `observeSpec` does */
export async function observed(
  { drivers }: Scenario,
  spec: Spec,
  goal: Goal,
  process: VirtualProcess,
): Promise<Snapshot> {
  return observeSpec(spec, drivers(process), process.context, { all: goal === 'destroy', plan: optionsOf(goal) });
}

/** The plan for what was observed. @throws {PosternError} as the planners do */
export function planFor(snapshot: Snapshot, spec: Spec, goal: Goal): Plan {
  return goal === 'destroy' ? planDestroy(snapshot, spec, optionsOf(goal)) : diff(snapshot, spec, optionsOf(goal));
}

function optionsOf(goal: Goal): PlanOptions {
  return { deleteInstances: goal !== 'apply' };
}
