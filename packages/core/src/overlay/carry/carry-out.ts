import type { Attributes, Instance } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import { CarryRun, type CarryOptions, type OmittedChange, type RefusedChange } from './carry-run.js';
import { ChangeOrder, comesAfter, type PlannedChange } from './change-order.js';
import { KnownValues } from './known-values.js';
import type { SimulatedTwin } from './simulated-twin.js';
import type { SteadyCalls } from './steady-calls.js';

/** A plan that was carried out on a twin. */
export interface Carried {
  readonly order: ChangeOrder;
  readonly values: KnownValues;
  readonly refused: readonly RefusedChange[];
  readonly omitted: readonly OmittedChange[];
  /** The steps that the service accepted. */
  readonly done: ReadonlySet<PlannedChange>;
  /** Why nothing of what has an ID is known. */
  readonly unknown: ReadonlyMap<string, string>;
  /** What a reader must know besides. */
  readonly notes: ReadonlySet<string>;
  /** Of what was created, the attributes that were open and that the configuration writes, with the values that were found. */
  readonly decided: ReadonlyMap<Instance, Attributes>;
}

/** Until what was changed is in effect, and links, instances and tasks are as they stay. */
const SETTLED_MS = 900_000;
/** A text of a twin that is too short to be found in another one. */
export const LEAST = 6;
/** The end of a name that was made up. */
export const MADE_UP = /-\d{6}$/;

/** Carries the steps of a plan out on a twin of its base, one after the other. */
export async function carryOut(plan: ToolPlan, twin: SimulatedTwin, options: CarryOptions): Promise<Carried> {
  const values = new KnownValues(plan, options.set, options.standIn, options.choose);
  const order = new ChangeOrder(plan, values, options.order);
  // Whoever looks for names asks for each value: nothing is carried out yet.
  values.stoodIn.clear();
  const run = new CarryRun(plan, twin, options, values, order);
  const { steady } = options;
  await run.prepare(order.all);
  if (steady === undefined) await carryInTurn(run, order.sorted(options.early === true), twin);
  else await carryInTime(run, order, twin, steady);
  if (options.settles === true) {
    await twin.wait(SETTLED_MS);
    await run.lookForFailures();
  }
  return {
    order,
    values,
    refused: run.refused,
    omitted: run.omitted,
    done: run.done,
    notes: run.notes,
    unknown: run.unknown,
    decided: run.decided,
  };
}

/** One step after the other. Each waits until what it comes after is ready; what uses what others create, for all of these. */
async function carryInTurn(run: CarryRun, steps: readonly PlannedChange[], twin: SimulatedTwin): Promise<void> {
  const ready = new Map<PlannedChange, number>();
  let now = 0;
  let allReady = 0;
  const waitUntil = async (at: number): Promise<void> => {
    if (at > now) await twin.wait(at - now);
    now = Math.max(now, at);
  };
  for (const step of steps) {
    const isConsumer = run.values.actOf(step.instance)?.isConsumer === true;
    const own = Math.max(0, ...comesAfter(step).map((one) => ready.get(one) ?? 0));
    await waitUntil(isConsumer ? Math.max(own, allReady) : own);
    await run.step(step);
    const at = now + run.takenMs();
    ready.set(step, at);
    if (!isConsumer) allReady = Math.max(allReady, at);
  }
  await waitUntil(Math.max(0, ...ready.values()));
}

/** Each step begins when all that it comes after has ended. */
async function carryInTime(run: CarryRun, order: ChangeOrder, twin: SimulatedTwin, steady: SteadyCalls): Promise<void> {
  const ends = new Map<PlannedChange, number>();
  const left = new Set(order.all);
  let now = 0;
  let begun: PlannedChange[] = [];
  while (left.size > 0) {
    const starts = [...left].flatMap((step) => {
      const all = comesAfter(step).map((one) => ends.get(one));
      return all.includes(undefined) ? [] : [{ step, at: Math.max(0, ...all.map((one) => one ?? 0)) }];
    });
    const [first] = left;
    const next = starts.toSorted((a, b) => a.at - b.at)[0] ?? (first && { step: first, at: now });
    if (next === undefined) return;

    if (next.at > now) {
      await twin.wait(next.at - now);
      now = next.at;
      steady.look(begun);
      begun = [];
    }
    left.delete(next.step);
    await run.step(next.step);
    if (next.step.kind === 'delete' || next.step.kind === 'update') begun.push(next.step);
    ends.set(next.step, now + run.takenMs());
  }
  steady.look(begun);
}
