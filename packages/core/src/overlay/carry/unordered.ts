import { isRepeated, refusalOf, type UnorderedChange } from './asked-refusal.js';
import type { Carried } from './carry-out.js';
import type { RefusedChange } from './carry-run.js';
import type { Edge, PlannedChange } from './change-order.js';

/** The plan in another order: `early` takes last what could come first. */
export type Rerun = (edges: readonly Edge[], early: boolean) => Promise<Carried>;

/** What depends on the order, and the edges with which it does not. */
export interface FoundOrder {
  readonly unordered: readonly UnorderedChange[];
  readonly edges: readonly Edge[];
}

/** So often a plan is carried out to find what is missing. */
const MOST_RUNS = 40;
/** More are not looked for at one step. */
const MOST_CAUSES = 8;

/** A step that goes well in one order, and not in another one. */
interface Difference {
  readonly step: PlannedChange;
  readonly refusal: Omit<UnorderedChange, 'before' | 'isGone'>;
  /** The order in which it does not go well. */
  readonly early: boolean;
  /** Whether it goes well. */
  readonly isMet: (carried: Carried) => boolean;
}

/**
 * What the services refuse, or what then is served less, in an order that the plan allows as well: the reverse of the usual one. What has to
 * come first is proved: with these edges alone it goes well.
 */
export async function unorderedChanges(first: Carried, rerun: Rerun): Promise<FoundOrder> {
  const unordered: UnorderedChange[] = [];
  const edges: Edge[] = [];
  const known = new Set<string>();
  let runs = 0;
  const run: Rerun = (more, early) => {
    runs += 1;
    return rerun([...edges, ...more], early);
  };
  const next = async (): Promise<Difference | undefined> =>
    runs < MOST_RUNS
      ? differences(first, await run([], true)).find(({ step, refusal }) => !known.has(keyOf(step, refusal)))
      : undefined;
  for (let one = await next(); one !== undefined; one = await next()) {
    const { step, refusal, early, isMet } = one;
    known.add(keyOf(step, refusal));
    const found = await needed(candidates(first, step), async (chosen) => {
      const more = chosen.map((other) => [step, other] as const);
      return runs < MOST_RUNS ? isMet(await run(more, early)) : undefined;
    });
    if (found === undefined) continue;

    edges.push(...found.map((other) => [step, other] as const));
    unordered.push({ ...refusal, ...causeOf(found, refusal, first) });
  }
  return { unordered, edges };
}

const keyOf = ({ kind, instance }: PlannedChange, { unserved }: Difference['refusal']): string =>
  [kind, instance.address, ...unserved].join(' ');

/** What goes well first, and does not now; what was tried twice the first time. */
function differences(first: Carried, early: Carried): readonly Difference[] {
  const places = new Map(early.order.all.map((one, at) => [one, at] as const));
  const usual = (step: PlannedChange): PlannedChange | undefined => first.order.all[places.get(step) ?? -1];
  const inRun = ({ order }: Carried, step: PlannedChange) => order.all[first.order.all.indexOf(step)] ?? step;
  const isDone = (carried: Carried, step: PlannedChange): boolean => carried.done.has(inRun(carried, step));
  // Of two that exclude each other the first one is accepted, whatever the order is.
  const isTurned = ({ operation }: RefusedChange): boolean =>
    first.refused.some((other) => other.operation === operation && isDone(early, other.step));
  const refused = early.refused.flatMap((one): Difference | readonly [] => {
    const step = usual(one.step);
    if (one.doubt !== undefined || step === undefined || !first.done.has(step) || isTurned(one)) return [];

    const refusal = { ...refusalOf(one, early), unserved: [] };
    return { step, refusal, early: true, isMet: (carried) => isDone(carried, step) };
  });
  if (refused.length > 0) return refused;

  const postponed = [...first.postponed].flatMap(([step, one]): Difference | readonly [] => {
    if (one.doubt !== undefined || !first.done.has(step) || isRepeated(one, first)) return [];

    const refusal = { ...refusalOf(one, first), unserved: [] };
    const isMet = (carried: Carried): boolean => isDone(carried, step) && !carried.postponed.has(inRun(carried, step));
    return { step, refusal, early: false, isMet };
  });
  const serving = [...first.done].flatMap((step): Difference | readonly [] => {
    const lacking = (carried: Carried): readonly string[] => {
      const served = servedBy(carried, inRun(carried, step));
      return servedBy(first, step).filter((one) => !served.includes(one));
    };
    const unserved = lacking(early);
    const { operation = '' } = first.values.actOf(step.instance) ?? {};
    const refusal = refusalOf({ step, code: '', message: '', operation }, first);
    return unserved.length === 0
      ? []
      : { step, refusal: { ...refusal, unserved }, early: true, isMet: (carried) => lacking(carried).length === 0 };
  });
  return [...postponed, ...serving];
}

function servedBy({ values }: Carried, { kind, instance }: PlannedChange): readonly string[] {
  const served = kind === 'create' ? values.outputs.get(instance.address)?.['serves'] : undefined;
  return Array.isArray(served) ? (served as readonly string[]) : [];
}

/** What could come before a step and need not, in the usual order. */
function candidates({ order, done }: Carried, step: PlannedChange): readonly PlannedChange[] {
  const behind = order.behind(step);
  return [...done].filter((one) => one !== step && !behind.has(one) && !order.behind(one).has(step));
}

/** Those of `all` that are needed, each of them. Undefined: all together are not enough, or it takes too long. */
async function needed(
  all: readonly PlannedChange[],
  isEnough: (chosen: readonly PlannedChange[]) => Promise<boolean | undefined>,
): Promise<readonly PlannedChange[] | undefined> {
  const found: PlannedChange[] = [];
  let left = all;
  while (found.length < MOST_CAUSES && left.length > 0) {
    // The last one of the shortest beginning that is enough is needed.
    let [low, high] = [0, left.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const isMet = await isEnough([...found, ...left.slice(0, middle)]);
      if (isMet === undefined) return undefined;

      [low, high] = isMet ? [low, middle] : [middle, high];
    }
    found.push(...left.slice(high - 1, high));
    left = left.slice(0, high - 1);
    const isMet = await isEnough(found);
    if (isMet !== false) return isMet === true ? found : undefined;
  }
  return undefined;
}

function causeOf(
  found: readonly PlannedChange[],
  refusal: Difference['refusal'],
  { order }: Carried,
): Pick<UnorderedChange, 'before' | 'isGone' | 'needing' | 'feeds'> {
  const last = found.filter((one) => !found.some((other) => other !== one && order.behind(other).has(one)));
  const addresses = (all: readonly PlannedChange[]): readonly string[] => [
    ...new Set(all.map(({ instance }) => instance.address)),
  ];
  const isServing = refusal.unserved.length > 0;
  return {
    before: addresses(last),
    isGone: last.every(({ kind }) => kind === 'delete'),
    // What is not served is what has to come first, with what that comes after.
    needing: isServing ? addresses(found.flatMap((one) => [one, ...order.behind(one)])) : refusal.needing,
    feeds: isServing ? [] : refusal.feeds,
  };
}
