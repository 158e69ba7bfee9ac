import { drawn, type Violation, replayed, type Invariant, type EventSource } from './scenario.js';
import { EVENT_KINDS, MOVE_EVENTS, traceText, type TrialEvent, parseTrace } from './trace.js';
import { isSpecWorld, type AnyScenario, type AnyWorld } from './ground.js';
import type { TrialResult } from './trial/trial-record.js';
import type { Deed } from './trial/virtual-process.js';
import { trial } from './trial/trial.js';
import { simulate } from '@postern/simulator';

/** How often each event met each operation: `CreateVpcLink lost` → 12. */
class Hits {
  readonly #counts = new Map<string, number>();

  /** Counts the events of a trial. */
  add({ events, deeds }: Pick<TrialResult, 'events' | 'deeds'>): void {
    for (const { moment, kind } of events) {
      const deed = deeds[moment];
      if (deed === undefined) continue;

      const key = `${nameOf(deed)} ${kind}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** Sorted by name. */
  list(): readonly { readonly what: string; readonly hits: number }[] {
    return [...this.#counts].map(([what, hits]) => ({ what, hits })).sort((a, b) => (a.what < b.what ? -1 : 1));
  }
}

/** The operation of a call, or what else a process did. */
export function nameOf(deed: Deed): string {
  return deed.is === 'call' ? deed.operation : deed.is;
}

/** How many trials, and which. */
export interface FuzzOptions {
  /** Number of seeds. Scenarios take turns. */
  readonly seeds: number;
  /** The first seed; 0 by default. */
  readonly first?: number | undefined;
  /** One trial in so many runs twice, and must make the same calls; 100 by default. */
  readonly repeatEvery?: number | undefined;
  /** Called after each trial. */
  readonly onTrial?: ((done: number, of: number) => void) | undefined;
  /** Ends after the first trial that goes beyond so many seconds, and reports what was tried until then. No limit by default. */
  readonly seconds?: number | undefined;
  /** Stops after so many failures; 10 by default. */
  readonly mostFailures?: number | undefined;
}

/** A trial in which an invariant did not hold. */
export interface FuzzFailure extends Violation {
  readonly scenario: string;
  readonly seed: number;
  /** The fewest events found that violate it: `kill@17 lost@40`, for `replay`. */
  readonly trace: string;
  readonly events: number;
}

/** What became of all trials. */
export interface FuzzReport {
  readonly trials: number;
  /** Processes that planned and applied. */
  readonly runs: number;
  readonly kills: number;
  /** Calls of routes that worked. */
  readonly routeCalls: number;
  /** How often each event met each operation. */
  readonly hits: readonly { readonly what: string; readonly hits: number }[];
  readonly failures: readonly FuzzFailure[];
  /** Seeds whose second trial made other calls. */
  readonly unstable: readonly number[];
}

const REPEAT_EVERY = 100;
const MOST_FAILURES = 10;

/**
 * Tries scenarios with events by chance, one trial for each seed. A failure names the scenario, the seed and the fewest events.
 * @throws {Error} where a scenario does not work without events
 */
export async function fuzz(scenarios: readonly AnyScenario[], options: FuzzOptions): Promise<FuzzReport> {
  const {
    seeds,
    first = 0,
    repeatEvery = REPEAT_EVERY,
    onTrial,
    seconds = Infinity,
    mostFailures = MOST_FAILURES,
  } = options;
  const started = Date.now();
  const prepared = new Map<AnyScenario, Prepared>();
  const hits = new Hits();
  const failures: FuzzFailure[] = [];
  const unstable: number[] = [];
  let [trials, runs, kills, routeCalls] = [0, 0, 0, 0];
  for (let seed = first; seed < first + seeds && failures.length < mostFailures; seed += 1) {
    const scenario = scenarios[seed % scenarios.length];
    if (scenario === undefined) break;

    const world = prepared.get(scenario) ?? (await prepare(scenario));
    prepared.set(scenario, world);
    const result = await quickTrial(world, sourceOf(world, seed), seed);
    trials += 1;
    runs += result.runs;
    kills += result.events.filter(({ kind }) => kind.startsWith('kill')).length;
    routeCalls += result.routeCalls;
    hits.add(result);
    if (seed % repeatEvery === 0) {
      const again = await quickTrial(world, sourceOf(world, seed), seed);
      if (again.calls.join('\n') !== result.calls.join('\n')) unstable.push(seed);
    }
    if (result.violation) {
      failures.push(await failureOf(world, result.events, seed, result.violation));
    }
    onTrial?.(trials, seeds);
    if (Date.now() - started > seconds * 1_000) break;
  }
  return { trials, runs, kills, routeCalls, hits: hits.list(), failures, unstable };
}

/** The fewest events, and what they violate: with the stack of an error that is a defect. */
async function failureOf(
  world: Prepared,
  all: readonly TrialEvent[],
  seed: number,
  violation: Violation,
): Promise<FuzzFailure> {
  const events = await shrink(world, all, seed, violation.invariant);
  const trace = traceText(events);
  const { violation: shrunk = violation } = await replay(world, trace, seed);
  return { ...shrunk, scenario: world.scenario.name, seed, trace, events: events.length };
}

function sourceOf(world: Prepared, seed: number): ReturnType<typeof drawn> {
  const { base, built } = world;
  const kinds = isSpecWorld(world) ? EVENT_KINDS : MOVE_EVENTS;
  return drawn(seed, base.deeds.length, Object.keys(built.edits ?? {}), kinds);
}

/** A failure as one line: what did not hold, and how to see it again. */
export function failureText({ scenario, seed, trace, invariant, because }: FuzzFailure): string {
  return `${invariant}: ${because}\n  again: replay(${JSON.stringify(scenario)}, ${JSON.stringify(trace)}, ${seed})`;
}

/** Trials that shrinking one trace may take. */
const MOST_TRIALS = 200;

/** Runs a trace again: `kill@17 lost@40`. */
export async function replay(world: AnyWorld, trace: string, seed: number): Promise<TrialResult> {
  return trial(world, replayed(parseTrace(trace)), seed);
}

/**
 * Leaves out events while the same invariant is violated: first many at once, then one at a time. Where the events left out make
 * no difference, those that are left are the cause.
 */
export async function shrink(
  world: AnyWorld,
  events: readonly TrialEvent[],
  seed: number,
  invariant: Invariant,
): Promise<readonly TrialEvent[]> {
  let trials = 0;
  const isCause = async (some: readonly TrialEvent[]): Promise<boolean> => {
    trials += 1;
    return trials <= MOST_TRIALS && (await quickTrial(world, replayed(some), seed)).violation?.invariant === invariant;
  };
  let left = events;
  for (let size = Math.ceil(left.length / 2); size >= 1;) {
    const fewer = await withoutSome(left, size, isCause);
    const isDone = size === 1 && fewer.length === left.length;
    left = fewer;
    size = isDone ? 0 : Math.max(1, Math.floor(size / 2));
  }
  return left;
}

/** Leaves out `size` events at a time, where those that are left are still the cause. */
async function withoutSome(
  events: readonly TrialEvent[],
  size: number,
  isCause: (some: readonly TrialEvent[]) => Promise<boolean>,
): Promise<readonly TrialEvent[]> {
  let left = events;
  for (let at = 0; at < left.length;) {
    const without = left.toSpliced(at, size);
    if (await isCause(without)) left = without;
    else at += size;
  }
  return left;
}

/** A scenario that can be tried. */
export type Prepared = AnyWorld & {
  /** A trial without events: what it does, and how it ends. */
  readonly base: TrialResult;
};

/**
 * Makes the world of a scenario, and runs a trial without events.
 * @throws {Error} where that trial violates an invariant
 */
export async function prepare(scenario: AnyScenario): Promise<Prepared> {
  const simulation = simulate({ ...scenario.settings, clock: 'auto' });
  const built = await scenario.build(simulation);
  const world = { scenario, built, saved: simulation.world() } as AnyWorld;
  const base = await trial(world, replayed([]));
  const { violation, ends, works } = base;
  if (violation) throw new Error(`${scenario.name}, without events: ${violation.invariant}: ${violation.because}`);

  return { ...world, base, ends, works };
}

/**
 * A trial whose errors have no stacks: most of them are refusals that a process of the trial handles, and their stacks take a tenth
 * of its time. Where it violates an invariant, `trial` shows the stack of a defect.
 */
export async function quickTrial(world: AnyWorld, source: EventSource, seed?: number): Promise<TrialResult> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await trial(world, source, seed);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
