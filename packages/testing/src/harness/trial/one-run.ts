import type { PlanOptions, RunEvent, Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, observePlan, observeSpec, planDestroy, planText, type ObservedPlan } from '@postern/core/internal/plan';
import type { Scenario, Edit } from '../scenario.js';
import { asProcess } from './as-process.js';
import type { VirtualProcess } from './virtual-process.js';
import type { LoadJob, Simulation } from '@postern/simulator/internal/simulation';
import type { Inventory } from '../inventory/inventory.js';
import type { Clouds } from '@postern/core/internal/kinds';

/** What a process does. `apply-all` also deletes the links that cost money and are kept without consent. */
export type Goal = 'apply' | 'apply-all' | 'destroy';

export interface Ended {
  /** Failed steps, or the error that ended the run, with codes; none: it is done. */
  readonly failed: readonly string[];
  readonly killed: boolean;
  /** Whether its journal is gone. */
  readonly lostJournal: boolean;
  /** Whether the next run is on the other machine. */
  readonly leftMachine: boolean;
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
  await asProcess(process, failed, async () => {
    const drivers = scenario.drivers(process);
    const { context, journal, callGateway } = process;
    const { plan } = await planned(scenario, spec, goal, process);
    const permitted = { allowPurchase: true, maxDeletes: ANY, deleteAllRoutes: true };
    process.write('the plan', [plan, planText(plan)]);
    for await (const event of apply(plan, { judge, spec, drivers, context, journal, callGateway, ...permitted }))
      hear(event);
  });
  return { failed, killed: process.isDead, lostJournal: process.lostJournal, leftMachine: process.leftMachine };
}

/** What a process observes, and plans from it. @throws {PosternError} as `observePlan` and `planDestroy` do */
export async function planned(
  scenario: Scenario,
  spec: Spec,
  goal: Goal,
  process: VirtualProcess,
): Promise<ObservedPlan & { readonly clouds: Clouds }> {
  const drivers = scenario.drivers(process);
  const { clouds } = drivers;
  if (clouds === undefined) throw new TypeError('the drivers of a scenario have no clouds: make them with driversOf');

  const plan: PlanOptions = { deleteInstances: goal !== 'apply' };
  if (goal !== 'destroy')
    return { ...(await observePlan(spec, drivers, process.context, { all: false, plan })), clouds };

  const snapshot = await observeSpec(spec, drivers, process.context, { all: true, plan });
  return { snapshot, plan: planDestroy(snapshot, spec, { ...plan, clouds }), clouds };
}

/** After this time lists show a change, and the call after them has been made, in simulated milliseconds. */
const UNSEEN_MS = 31_000;

/** Calls of others through links of the project: they begin with an edit. */
export class OutsideCalls {
  readonly #jobs: { readonly job: LoadJob; readonly cameMs: number }[] = [];

  /** Begins those of an edit that was made. */
  begin({ calls }: Edit, simulation: Simulation): void {
    if (calls !== undefined) this.#jobs.push({ job: calls(simulation), cameMs: simulation.clock.now() });
  }

  /**
   * How many were lost; undefined: none. A call for which the gateway knows no route yet is not lost. A caller that came when
   * the last look before a deletion could not show it has raced the deletion, which no client can make conditional.
   */
  lost(): string | undefined {
    const found = this.#jobs
      .filter(({ job, cameMs }) => Date.parse(job.status().firstLost?.at ?? '') - cameMs > UNSEEN_MS)
      .map(({ job }) => job.status())
      .find(({ lost }) => lost > 0);
    return found && `${found.lost} of ${found.calls} calls of others were lost`;
  }
}

/** The resources of another project: those with its mark, and those that name one of them. */
export function resourcesOf({ project }: Spec, all: Inventory): Inventory {
  const marks = [`"postern:project":"${project}"`, `"postern:project","Value":"${project}"`, `postern:${project}@`];
  const found = new Map<string, [string, Inventory extends ReadonlyMap<string, infer Row> ? Row : never]>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [key, row] of all) {
      const text = `${row.id} ${JSON.stringify(row.fields)}`;
      if (marks.some((mark) => text.includes(mark))) found.set(key, [key, row]);
    }
    marks.splice(3, marks.length, ...[...found.values()].map(([, { id }]) => id));
  }
  return new Map(found.values());
}

/** The routes that a spec declares and that exist, by whomever. */
export function takenRoutes({ integrations }: Spec, all: Inventory): readonly string[] {
  const keys = new Set(Object.values(integrations).flatMap(({ routes }) => Object.keys(routes)));
  const rows = [...all.values()].map(({ fields }) => fields);
  const isTaken = (key: string): boolean =>
    rows.some(
      ({ RouteKey, Description }) =>
        RouteKey === key || (String(Description).endsWith(` ${key}`) && RouteKey === undefined),
    );
  return [...keys].filter(isTaken);
}
