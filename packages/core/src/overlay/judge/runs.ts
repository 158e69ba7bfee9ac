import type { Choice } from '../draft/choice.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute } from './routes.js';
import { choicesOf, combinations, undecided, withReadings } from './worlds.js';

/** The network after a plan that was carried out with one value for each open one. */
export interface JudgedRun {
  readonly world: Pick<JudgedWorld, 'laid' | 'routes'>;
  /** The open values, each with what it may be. */
  readonly choices: readonly Choice[];
  /** How many steps the services refused. */
  readonly refusals: number;
}

/** The number of the alternative of each choice, by its key; the first where it is missing. */
export type Numbers = ReadonlyMap<string, number>;

/** A plan is carried out at most so many times for its open values, and as often again where a service refuses fewer paths. */
const MOST_RUNS = 8;

export const keyOfChoice = ({ address, attribute }: Pick<Choice, 'address' | 'attribute'>): string =>
  `${address}.${attribute}`;

interface Run {
  readonly numbers: Map<string, number>;
  made?: JudgedRun;
}

/**
 * Proof by cases: where the plan leaves open which of several values an attribute has, it is carried out with each, and a verdict counts
 * where it is the same for all of them. Of a list the extremes are tried: with more subnets there are more paths that must all work, and
 * more groups allow more. Values on which no route depends together are tried in one run.
 */
export async function inAllRuns(
  first: JudgedRun,
  carry: (numbers: Numbers) => Promise<JudgedRun>,
): Promise<readonly JudgedRoute[]> {
  const { world, choices } = first;
  if (choices.length === 0) return world.routes;

  const runs: Run[] = [{ numbers: new Map(choices.map((one) => [keyOfChoice(one), 0])), made: first }];
  const wanted = world.routes.map((route) => {
    const own = route.verdict === 'unknown' ? [] : choicesOf(route, world, choices);
    const found = casesIn(own, route.verdict).map((numbers) => numbers && runFor(runs, own, numbers));
    return { route, own, found };
  });
  const isRefused = ({ made }: Run): boolean => made !== undefined && made.refusals > first.refusals;
  for (const run of runs) run.made ??= await carry(run.numbers);
  for (const { route, own, found } of wanted)
    for (const [at, run] of found.entries())
      if (run !== undefined && route.verdict === 'fail' && isRefused(run))
        // Where the service refuses fewer paths, there are all of them.
        found[at] = runFor(
          runs,
          own,
          own.map((one) => (one.more === 'paths' ? 0 : (run.numbers.get(keyOfChoice(one)) ?? 0))),
        );
  for (const run of runs) run.made ??= await carry(run.numbers);
  return wanted.map(({ route, own, found }) => {
    if (own.length === 0) return route;

    const verdicts: JudgedRoute[] = [];
    for (const run of found) {
      if (run?.made === undefined) return undecided(route, own, 'too many combinations');

      // What the service refuses is no value that there can be: calls fail then, too.
      if (route.verdict === 'fail' && isRefused(run)) continue;

      const other = inRun(route, first, run.made);
      if (other === undefined || other.verdict !== route.verdict) return undecided(route, own, 'it depends on which');

      verdicts.push(other);
    }
    return withReadings(verdicts[0] ?? route, own);
  });
}

/**
 * The numbers of the alternatives to try, for each choice. Lists that may have the same values are named in the same way: they are tried with
 * the same ones. Undefined: there are too many.
 */
function casesIn(own: readonly Choice[], verdict: JudgedRoute['verdict']): readonly (readonly number[] | undefined)[] {
  const kinds = new Map(own.map((one) => [kindOf(one), casesOf(one, verdict)] as const));
  const keys = [...kinds.keys()];
  const count = [...kinds.values()].reduce((all, { length }) => all * length, 1);
  if (count > MOST_RUNS) return [undefined];

  return combinations([...kinds.values()]).map((numbers) => own.map((one) => numbers[keys.indexOf(kindOf(one))] ?? 0));
}

function kindOf(one: Choice): string {
  return one.more === undefined ? keyOfChoice(one) : JSON.stringify([one.more, one.alternatives]);
}

/** A run that takes some alternatives: one that takes no others of the same choices, or a new one. Undefined: there are too many. */
function runFor(runs: Run[], own: readonly Choice[], numbers: readonly number[]): Run | undefined {
  const taken = own.map((one, at) => [keyOfChoice(one), numbers[at] ?? 0] as const);
  const fits = ({ numbers: known }: Run): boolean =>
    taken.every(([key, number]) => known.get(key) === undefined || known.get(key) === number);
  let run = runs.find(fits);
  if (run === undefined && runs.length > 2 * MOST_RUNS) return undefined;
  if (run === undefined) runs.push((run = { numbers: new Map() }));
  for (const [key, number] of taken) run.numbers.set(key, number);
  return run;
}

/** A route in another run: IDs that the plan makes may differ. Undefined: it is not there, or values are open that were not in the first one. */
function inRun(route: JudgedRoute, first: JudgedRun, { world, choices }: JudgedRun): JudgedRoute | undefined {
  const known = new Set(first.choices.map(keyOfChoice));
  if (choices.some((one) => one.alternatives.length > 1 && !known.has(keyOfChoice(one)))) return undefined;

  const name = nameOf(first.world, route);
  return world.routes.find((one) => nameOf(world, one) === name);
}

function nameOf({ laid }: JudgedRun['world'], { gatewayId, routeId, key }: JudgedRoute): string {
  return laid.routes.get(`${gatewayId} ${routeId}`) ?? `${laid.names.get(gatewayId) ?? gatewayId} ${key}`;
}

/** The alternatives in which a verdict may be another one. */
function casesOf({ alternatives, more }: Choice, verdict: JudgedRoute['verdict']): readonly number[] {
  const numbers = alternatives.map((_, at) => at);
  if (more === undefined) return numbers;

  return (more === 'paths') === (verdict === 'pass') ? [0] : numbers.slice(1);
}
