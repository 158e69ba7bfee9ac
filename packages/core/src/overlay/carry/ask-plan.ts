import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { Laid } from '../lay/laid.js';
import { layPlan } from '../lay/lay-plan.js';
import type { DefaultPlace } from '../lay/places.js';
import { addressesOf, refusalOf, withAddresses, type AskedRefusal, type UnorderedChange } from './asked-refusal.js';
import { carryOut, type Carried } from './carry-out.js';
import type { CarryOptions, RefusedChange } from './carry-run.js';
import { STOOD_IN } from './certainty.js';
import { decidedValues, withIds, type DecidedValues } from './decided-values.js';
import { routeCalls } from './route-calls.js';
import type { SimulatedTwin, TwinAnswer, TwinCall } from './simulated-twin.js';
import { SteadyCalls, type LostCalls } from './steady-calls.js';
import { unorderedChanges } from './unordered.js';

/** What is found by carrying a plan out. */
export interface AskedPlan {
  /** How many resources the plan changes, and how many of them were carried out. */
  readonly changes: number;
  readonly carried: number;
  readonly omitted: readonly { readonly address: string; readonly why: string; readonly isUnknownType: boolean }[];
  readonly refused: readonly AskedRefusal[];
  readonly unordered: readonly UnorderedChange[];
  /** What became of calls of each route after the plan, by gateway and key. */
  readonly called: readonly CalledRoute[];
  /** The open attributes that it decides. */
  readonly decided: DecidedValues;
  /** The calls that were lost while it was carried out. */
  readonly lost: readonly LostCalls[];
}

/** A route that was called after the plan, as often as its rules ask for. */
export interface CalledRoute {
  /** As the plan is laid. */
  readonly gatewayId: string;
  readonly key: string;
  /** Whether one of its calls was delivered, twice. */
  readonly isDelivered: boolean;
  /** The gateway answers with an error of its own configuration. */
  readonly isMisconfigured: boolean;
  /** Why the first one was not. */
  readonly because?: string | undefined;
  /** All of the plan was carried out, with values that follow from it. */
  readonly isCertain: boolean;
}

/** Where resources without a region are, and what a plan is carried out on. */
export interface AskOptions extends DefaultPlace {
  /** A new twin of a snapshot. */
  readonly twin: (base: Snapshot) => SimulatedTwin;
}

/**
 * Carries a plan out on twins of a snapshot: in the order of its dependencies; with what uses others as early as they allow it; and, where
 * members are open, with two values that stand for them. `planOf` reads the plan anew for each, since values become known.
 */
export async function askPlan(
  planOf: () => ToolPlan,
  snapshot: Snapshot,
  set: PlanSet,
  options: AskOptions,
): Promise<AskedPlan> {
  const { twin, region } = options;
  const plan = planOf();
  const base = withAssumed(snapshot, plan, set);
  const after = twin(base);
  const first = await carryOut(planOf(), after, { set, base, region, settles: true });
  const run = (
    how: Pick<CarryOptions, 'early' | 'edges' | 'standIn' | 'steady' | 'settles'>,
    on = twin(base),
  ): Promise<Carried> => carryOut(planOf(), on, { set, base, region, order: first.order, ...how });
  const laid = layPlan(plan, plan.instances, base, options, ({ alternatives }) => alternatives[0] ?? [], set);
  const called = await callsAfter(first, after, laid, set);
  const { unordered, edges } = await unorderedChanges(first, (more, early) => run({ early, edges: more }));
  const isOpen = first.omitted.some(({ isUnknownType }) => !isUnknownType);
  const stoodIn = isOpen ? [await run({ edges, standIn: 0 }), await run({ edges, standIn: 1 })] : [];
  const refused = refusalsIn(first);
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
    unordered,
    called,
    decided: decidedValues(first, laid, plan.instances),
    lost: await callsDuring(base, twin(base), set, (steady, on) => run({ edges, steady, settles: true }, on)),
  };
}

function withAssumed(snapshot: Snapshot, { instances }: ToolPlan, set: PlanSet): Snapshot {
  const plan = JSON.stringify(instances);
  const assumed = set.all.flatMap(({ acts }) => acts?.assumed ?? []);
  const regions = snapshot.regions.map((region) => assumed.reduce((one, add) => add(one, plan), region));
  return { ...snapshot, regions };
}

/** Calls each route as it is after the plan. */
async function callsAfter(
  { values, omitted, refused, done }: Carried,
  twin: SimulatedTwin,
  { snapshot, symbols }: Laid,
  { clouds }: PlanSet,
): Promise<readonly CalledRoute[]> {
  const isWhole = omitted.length === 0 && refused.length === 0;
  const isCertain = isWhole && values.guessed.size === 0 && values.outside.size === 0;
  const ids = [...symbols].map(([symbol, address]) => {
    const id = values.outputs.get(address)?.['id'];
    return [symbol, typeof id === 'string' ? id : undefined] as const;
  });
  const addressed = withAddresses(values, done);
  const found: CalledRoute[] = [];
  for (const { gatewayId, key, calls } of routeCalls(snapshot, clouds, (url) => withIds(url, ids))) {
    const answers = await answersOf(twin, calls);
    if (answers.some(({ outcome }) => outcome === 'refused')) continue;

    const isDelivered = answers.some(({ outcome }) => outcome === 'delivered');
    const isMisconfigured = answers.every(({ outcome }) => outcome === 'misconfigured');
    const [{ because } = {}] = answers;
    const words = because === undefined ? undefined : addressed(because);
    found.push({ gatewayId, key, isDelivered, isMisconfigured, because: words, isCertain });
  }
  return found;
}

/** Each call, and once more where it was not delivered: one target of several may be the one that fails. */
async function answersOf(twin: SimulatedTwin, calls: readonly TwinCall[]): Promise<readonly TwinAnswer[]> {
  const answers: TwinAnswer[] = [];
  for (const call of [...calls, ...calls]) {
    const answer = await twin.callGateway(call);
    answers.push(answer);
    if (answer.outcome === 'delivered') break;
  }
  return answers;
}

/** Calls the routes that work before the plan, all the time while it is carried out. */
async function callsDuring(
  base: Snapshot,
  twin: SimulatedTwin,
  { clouds }: PlanSet,
  run: (steady: SteadyCalls, twin: SimulatedTwin) => Promise<Carried>,
): Promise<readonly LostCalls[]> {
  const steady = await SteadyCalls.begin(
    twin,
    routeCalls(base, clouds, (url) => url),
  );
  if (steady.isEmpty) return [];

  await run(steady, twin);
  return steady.end();
}

/** What is refused for certain, and what is undecided since a value may be newer than the simulated service. */
function refusalsIn(carried: Carried): readonly AskedRefusal[] {
  const addressed = addressesOf(carried);
  return carried.refused
    .filter(({ doubt, newerThan }) => doubt === undefined || newerThan !== undefined)
    .map((one) => refusalOf(one, carried, addressed));
}

/** What is refused in the same words whatever stands for the open members. */
function refusedTwice(runs: readonly Carried[], known: readonly AskedRefusal[]): readonly AskedRefusal[] {
  const [one, other] = runs;
  if (one === undefined || other === undefined) return [];

  const isStoodIn = ({ doubt }: RefusedChange): boolean => doubt === undefined || doubt === STOOD_IN;
  const addressed = addressesOf(one);
  return one.refused.filter(isStoodIn).flatMap((found) => {
    const { address } = found.step.instance;
    const again = other.refused.some(
      (two) => isStoodIn(two) && two.step.instance.address === address && two.message === found.message,
    );
    return again && !known.some((two) => two.address === address) ? [refusalOf(found, one, addressed)] : [];
  });
}
