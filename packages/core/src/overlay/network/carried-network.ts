import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { carryOut, type Carried } from '../carry/carry-out.js';
import { TOKEN } from '../carry/known-values.js';
import type { SimulatedTwin } from '../carry/simulated-twin.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Choice, Choose } from '../draft/choice.js';
import type { PlanSet } from '../rows/plan-set.js';
import { asNew } from './as-new.js';
import { merged } from './merged.js';
import { readTwin } from './read-twin.js';

/** A plan that was carried out, and the network afterwards. */
export interface CarriedNetwork {
  readonly carried: Carried;
  readonly twin: SimulatedTwin;
  readonly network: Snapshot;
  /** The open values of the plan that have one of several values. */
  readonly choices: readonly Choice[];
}

/** What a plan is carried out on. */
export interface CarriedOn {
  readonly base: Snapshot;
  readonly set: PlanSet;
  readonly region: string | undefined;
  readonly twin: (base: Snapshot) => SimulatedTwin;
}

/** Carries a plan out on a new twin, lets time pass, and reads what is there by the adapters' own `observe`. */
export async function carriedNetwork(plan: ToolPlan, on: CarriedOn, choose: Choose = first): Promise<CarriedNetwork> {
  const { base, set, region } = on;
  const twin = on.twin(base);
  const taken = new Map<string, Choice>();
  const recorded: Choose = (choice) => {
    taken.set(`${choice.address}.${choice.attribute}`, choice);
    return choose(choice);
  };
  const written = new Set(JSON.stringify(plan.instances).match(ADDRESS));
  const before = await readTwin(twin, base, set);
  const carried = await carryOut(plan, twin, { set, base, region, settles: true, choose: recorded });
  const after = await readTwin(twin, base, set);
  const regions = base.regions.map((one) => {
    const at = before.findIndex(
      ({ provider, region: name, account }) =>
        provider === one.provider && name === one.region && account === one.account,
    );
    const [was, is] = [before[at], after[at]];
    return was === undefined || is === undefined
      ? one
      : asNew(one, merged(one, was, is), (address) => written.has(address));
  });
  const choices = [...taken.values()].map((one) => resolved(one, carried));
  return { carried, twin, network: { ...base, regions }, choices };
}

/** An address as a plan writes it. */
const ADDRESS = /(?<=")(?:\d+\.\d+\.\d+\.\d+|[\da-f:]*::?[\da-f:.]+)(?=")/gi;

const first: Choose = ({ alternatives }) => alternatives[0] ?? [];

/** A choice among what has IDs now. */
function resolved(choice: Choice, { values }: Carried): Choice {
  const idOf = (text: string): string =>
    text.replaceAll(TOKEN, (token, address: string, attribute: string) => {
      const id = values.outputs.get(address)?.[attribute];
      return typeof id === 'string' ? id : token;
    });
  return { ...choice, alternatives: choice.alternatives.map((one) => one.map(idOf)) };
}
