import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { askPlan, type AskedPlan } from '../carry/ask-plan.js';
import type { SimulatedTwin } from '../carry/simulated-twin.js';
import { withoutChanges } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Choose } from '../draft/choice.js';
import type { Laid } from '../lay/laid.js';
import { layPlan } from '../lay/lay-plan.js';
import { baseRegion, placesOf, type DefaultPlace } from '../lay/places.js';
import { carriedNetwork, type CarriedNetwork, type CarriedOn } from '../network/carried-network.js';
import { plannedNetwork } from '../network/planned-network.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { JudgedWorld } from './judged-world.js';
import { destinationsOf, judged } from './judged.js';
import { inAllRuns, keyOfChoice, type JudgedRun } from './runs.js';
import { onEachStage } from './stages.js';

/** What is found by carrying a plan out: what the services said, and the network after it, read as a live one is, and judged. */
export interface CarriedPlan extends AskedPlan {
  /** Undefined: a cloud of the plan has no driver by which it is read. */
  readonly after: JudgedWorld | undefined;
}

/** Where resources without a region are, what a plan is carried out on, and when it is checked. */
export interface CarryPlanOptions extends DefaultPlace {
  /** A new twin of a snapshot. */
  readonly twin: (base: Snapshot) => SimulatedTwin;
  /** The moment of the check in milliseconds; by default that of the snapshot. */
  readonly now?: number | undefined;
}

/** Carries a plan out on twins of a snapshot, and judges what is there afterwards. `planOf` reads the plan anew for each. */
export async function carriedPlan(
  planOf: () => ToolPlan,
  base: Snapshot,
  set: PlanSet,
  options: CarryPlanOptions,
): Promise<CarriedPlan> {
  const { twin, region } = options;
  const plan = planOf();
  // What the state has and the snapshot lacks is there, too.
  const { snapshot } = layPlan(plan, withoutChanges(plan.instances), base, options, first, set);
  const on: CarriedOn = { base: withAssumed(withPlaces(snapshot, plan, region, set), plan, set), set, region, twin };
  const worldOf = (laid: Laid): JudgedWorld => {
    const world = onEachStage((choose) => judged(laid, options, set, choose));
    return { ...world, destinations: destinationsOf(world, options, []) };
  };
  const runOf = (made: CarriedNetwork): JudgedRun & { readonly world: JudgedWorld } => ({
    world: worldOf(plannedNetwork(made, plan, on.base, options, set)),
    choices: made.choices,
    refusals: made.carried.refused.length,
  });
  const made = await carriedNetwork(planOf(), on);
  const run = runOf(made);
  const routes = await inAllRuns(run, async (numbers) => {
    const choose: Choose = (choice) => choice.alternatives[numbers.get(keyOfChoice(choice)) ?? 0] ?? [];
    return runOf(await carriedNetwork(planOf(), on, choose));
  });
  const isRead = set.all.every(({ driver }) => driver !== undefined);
  return { ...(await askPlan(planOf, made, on)), after: isRead ? { ...run.world, routes } : undefined };
}

/** The first of all alternatives. */
const first: Choose = ({ alternatives }) => alternatives[0] ?? [];

/** With the regions of a plan that a snapshot lacks: nothing is in them. */
function withPlaces(snapshot: Snapshot, plan: ToolPlan, region: string | undefined, set: PlanSet): Snapshot {
  const { regions } = snapshot;
  const lacking = placesOf(plan, region, set).flatMap((place) => {
    const ofCloud = regions.filter(({ provider }) => provider === place.provider);
    const isThere = ofCloud.some((one) => one.region === place.region);
    return isThere ? [] : (baseRegion(snapshot, place.provider, place.region, ofCloud[0]?.account) ?? []);
  });
  return lacking.length === 0 ? snapshot : { ...snapshot, regions: [...regions, ...lacking] };
}

function withAssumed(snapshot: Snapshot, { instances }: ToolPlan, set: PlanSet): Snapshot {
  const plan = JSON.stringify(instances);
  const assumed = set.all.flatMap(({ acts }) => acts?.assumed ?? []);
  const regions = snapshot.regions.map((region) => assumed.reduce((one, add) => add(one, plan), region));
  return { ...snapshot, regions };
}
