import {
  apply,
  diff,
  isPosternError,
  observeSpec,
  planDestroy,
  type Plan,
  type RunEvent,
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
    if (event.type === 'step.failed') failed.push(`${event.step}: ${event.error.code}: ${event.error.message}`);
    if (event.type === 'run.done' && event.unread !== undefined && event.unread.length > 0)
      failed.push('unread regions');
    if (!process.isDead && event.type !== 'step.progress' && event.type !== 'step.waiting') onStep();
  };
  const work = async (): Promise<void> => {
    try {
      const drivers = scenario.drivers(process);
      const { context, journal, callGateway } = process;
      const plan = await planFor(scenario, spec, goal, process);
      const permitted = { allowPurchase: true, maxDeletes: ANY, deleteAllRoutes: true };
      for await (const event of apply(plan, { spec, drivers, context, journal, callGateway, ...permitted }))
        hear(event);
    } catch (error) {
      if (!isPosternError(error)) throw error;
      failed.push(`${error.code}: ${error.message}`);
    }
  };
  await Promise.race([work(), process.killed]);
  return { failed, killed: process.isDead, lostJournal: process.lostJournal };
}

/** The plan of a process. @throws {PosternError} as `observeSpec` and the planners do */
export async function planFor(scenario: Scenario, spec: Spec, goal: Goal, process: VirtualProcess): Promise<Plan> {
  const { context } = process;
  const plan = { deleteInstances: goal !== 'apply' };
  const all = goal === 'destroy';
  const snapshot = await observeSpec(spec, scenario.drivers(process), context, { all, plan });
  return goal === 'destroy' ? planDestroy(snapshot, spec, plan) : diff(snapshot, spec, plan);
}
