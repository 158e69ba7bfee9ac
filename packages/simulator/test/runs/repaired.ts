import { driversOf, isPosternError, type Plan, type RunEvent, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/internal/plan';
import type { Machine } from './machine.js';
import { contextOf, type Scene } from './scene.js';
import { CLOUDS } from '../../../core/test/clouds.js';

/** The purpose and the options of a run. */
export interface RunGoal {
  readonly destroy?: boolean | undefined;
  /** See `PlanOptions.deleteInstances`; always with `destroy`. */
  readonly deleteInstances?: boolean | undefined;
  /** See `ApplyOptions.probe`. */
  readonly probe?: boolean | undefined;
  /** In place of the scene's. */
  readonly spec?: Spec | undefined;
  readonly onEvent?: ((event: RunEvent) => void | Promise<void>) | undefined;
}

/** What came of a run: the events, and the error that ended it. */
export interface RunResult {
  readonly plan: Plan | undefined;
  readonly events: readonly RunEvent[];
  readonly error: unknown;
  /** `delete link eu (k3x9m2): NOT_OURS`; `killed`; empty where everything was done. */
  readonly failed: readonly string[];
}

/** What is run. A goal may bring the spec. */
type RunScene = Pick<Scene, 'driver'> & Partial<Pick<Scene, 'spec'>>;

/** Plans and applies as one process, which may be killed. Rejects with nothing. */
export async function runOnce(scene: RunScene, by: Machine, goal: RunGoal = {}): Promise<RunResult> {
  const { destroy = false, deleteInstances = destroy, probe, spec = scene.spec } = goal;
  if (spec === undefined) throw new Error('the run has no spec');

  const events: RunEvent[] = [];
  let plan: Plan | undefined;
  const work = async (): Promise<unknown> => {
    const drivers = driversOf(scene.driver(by));
    const context = contextOf(by);
    try {
      const snapshot = await observeSpec(spec, drivers, context, { all: destroy });
      plan = destroy
        ? planDestroy(snapshot, spec, { clouds: CLOUDS, deleteInstances })
        : diff(snapshot, spec, { clouds: CLOUDS, deleteInstances });
      const allowed = { allowPurchase: true, ignoreFindings: ['*'], drain: 0, probe };
      const how = { spec, drivers, context, journal: by.journal, ...allowed };
      for await (const event of apply(plan, { ...how, judge })) {
        events.push(event);
        await goal.onEvent?.(event);
      }
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const killed = Symbol('killed');
  const ended = await Promise.race([work(), by.killed.then(() => killed)]);
  const steps = events.flatMap((event) =>
    event.type === 'step.failed' ? [`${event.unit} ${event.step}: ${event.error.code}`] : [],
  );
  const end = ended === undefined ? [] : [ended === killed ? 'killed' : codeOf(ended)];
  return { plan, events, error: ended === killed ? undefined : ended, failed: [...steps, ...end] };
}

export const codeOf = (error: unknown): string => (isPosternError(error) ? error.code : String(error));

/** Runs on new machines until one run completes with nothing left to do. Returns the number of runs. */
export async function repair(
  scene: RunScene & Pick<Scene, 'simulation'>,
  next: () => Machine,
  goal: RunGoal = {},
): Promise<number> {
  let last: RunResult | undefined;
  for (let runs = 1; runs <= 5; runs += 1) {
    last = await runOnce(scene, next(), goal);
    if (last.failed.length === 0 && last.plan?.units.length === 0) return runs;
    await scene.simulation.advance(60_000);
  }
  throw new Error(`does not converge: ${last?.failed.join('; ')}`);
}
