import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import { carryOut, type Carried, type RefusedChange } from './carry-out.js';
import { STOOD_IN } from './certainty.js';
import type { PlannedChange } from './change-order.js';
import type { SimulatedTwin } from './simulated-twin.js';

/** Something that the service refuses of a plan. */
export interface AskedRefusal {
  readonly address: string;
  readonly change: Exclude<PlannedChange['kind'], 'keep'>;
  readonly operation: string;
  /** The code of the service, and its words. */
  readonly code: string;
  readonly message: string;
  /** The addresses of all that comes after it, which is not created or changed. */
  readonly needing: readonly string[];
}

/** Something that the service refuses in an order that the plan allows, and accepts in another one. */
export interface UnorderedChange extends AskedRefusal {
  /** The addresses of what has to exist before it, and which nothing makes exist before it. */
  readonly before: readonly string[];
}

/** What is found by carrying a plan out. */
export interface AskedPlan {
  /** How many resources the plan changes, and how many of them were carried out. */
  readonly changes: number;
  readonly carried: number;
  readonly omitted: readonly { readonly address: string; readonly why: string; readonly isUnknownType: boolean }[];
  readonly refused: readonly AskedRefusal[];
  readonly unordered: readonly UnorderedChange[];
}

export interface AskOptions {
  /** A new twin of a snapshot. */
  readonly twin: (base: Snapshot) => SimulatedTwin;
  readonly region?: string | undefined;
}

/**
 * Carries a plan out on twins of a snapshot: in the order of its dependencies; with what uses others as early as they allow it; and, where
 * members are open, with two values that stand for them. `planOf` reads the plan anew for each, since values become known.
 */
export async function askPlan(
  planOf: () => ToolPlan,
  base: Snapshot,
  set: PlanSet,
  { twin, region }: AskOptions,
): Promise<AskedPlan> {
  const run = (how: { readonly early?: true; readonly standIn?: 0 | 1 } = {}): Promise<Carried> =>
    carryOut(planOf(), twin(base), { set, base, region, ...how });
  const first = await run();
  const early = await run({ early: true });
  const isOpen = first.omitted.some(({ isUnknownType }) => !isUnknownType);
  const stoodIn = isOpen ? [await run({ standIn: 0 }), await run({ standIn: 1 })] : [];
  const refused = certain(first);
  const steps = first.order.all.filter(({ kind }) => kind !== 'keep');
  return {
    changes: steps.length,
    carried: first.done.size,
    omitted: first.omitted.map(({ step, why, isUnknownType }) => ({
      address: step.instance.address,
      why,
      isUnknownType,
    })),
    refused: [...refused, ...refusedTwice(stoodIn, refused)],
    unordered: certain(early).flatMap((one) => unordered(one, first, early)),
  };
}

function certain(carried: Carried): readonly AskedRefusal[] {
  return carried.refused.filter(({ doubt }) => doubt === undefined).map((one) => refusalOf(one, carried));
}

function refusalOf({ step, code, message, operation }: RefusedChange, { order }: Carried): AskedRefusal {
  const { kind, instance } = step;
  const needing = order.all.filter((one) => one !== step && order.behind(one).has(step));
  return {
    address: instance.address,
    change: kind === 'keep' ? 'update' : kind,
    operation,
    code,
    message,
    needing: [...new Set(needing.map((one) => one.instance.address))],
  };
}

/** What is refused with one code whatever stands for the open members. */
function refusedTwice(runs: readonly Carried[], known: readonly AskedRefusal[]): readonly AskedRefusal[] {
  const [one, other] = runs;
  if (one === undefined || other === undefined) return [];

  const isStoodIn = ({ doubt }: RefusedChange): boolean => doubt === undefined || doubt === STOOD_IN;
  return one.refused.filter(isStoodIn).flatMap((found) => {
    const { address } = found.step.instance;
    const again = other.refused.some(
      (two) => isStoodIn(two) && two.step.instance.address === address && two.code === found.code,
    );
    return again && !known.some((two) => two.address === address) ? [refusalOf(found, one)] : [];
  });
}

/** A step that is refused where it comes early: what came before it in the other order, and need not. */
function unordered(refusal: AskedRefusal, first: Carried, early: Carried): readonly UnorderedChange[] {
  const { address, change } = refusal;
  const isRefused = first.refused.some(({ step }) => step.instance.address === address);
  const step = [...first.done].find(({ kind, instance }) => instance.address === address && kind === change);
  if (isRefused || step === undefined) return [];

  const done = [...first.done];
  const behind = first.order.behind(step);
  const owners = new Set([...behind].map((one) => one.instance.address));
  const reachedEarly = [...early.done].map(({ instance }) => instance.address);
  const before = done
    .slice(0, done.indexOf(step))
    .filter((one) => !behind.has(one) && one.kind !== 'delete')
    .filter((one) => [...first.order.behind(one)].some(({ instance }) => owners.has(instance.address)))
    .map((one) => one.instance.address)
    .filter((one) => reachedEarly.includes(one));
  return before.length === 0 ? [] : [{ ...refusal, before: [...new Set(before)] }];
}
