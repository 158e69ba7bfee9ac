import { SeededRandom } from '@postern/simulator/internal/simulation';
import { expect } from 'vitest';
import { replayed, type EventSource } from '../../src/harness/scenario.js';
import { prepare, type MoveScenario, type Prepared, type Removal, type Scenario } from '../../src/internal/harness.js';
import { quickTrial } from '../../src/harness/fuzz.js';
import { traceText, type EventKind, type TrialEvent } from '../../src/harness/trace.js';
import { PROVE, seeds } from '../../../core/test/runs.js';

/** What else may happen in a trial with a removal. */
const BESIDE: readonly EventKind[] = ['kill', 'kill-after', 'lost', 'throttle', 'error-after', 'stale'];

/** One or two removals at any await, in half of the trials with another event. */
function drawnRemovals(seed: number, moments: number, names: readonly string[]): EventSource {
  const random = new SeededRandom(seed, 21);
  const moment = (): number => Math.floor(random.next() * moments * 1.2);
  const one = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
  const events: TrialEvent[] = [{ moment: moment(), kind: `removal:${one(names)}` }];
  if (random.next() < 0.3) events.push({ moment: moment(), kind: `removal:${one(names)}` });
  if (random.next() < 0.5) events.push({ moment: moment(), kind: one(BESIDE) });
  return replayed(events);
}

/** Trials of a kind of command in `npm run prove`, where its seconds allow them. */
const MOST = 10_000;

/** Tries scenarios in turns, one trial for each seed; each violation as a line that `replay` takes. */
export async function tryRemovals(
  scenarios: readonly (Scenario | MoveScenario)[],
  removals: Readonly<Record<string, Removal>>,
  slice: number,
): Promise<void> {
  const prepared = new Map<Scenario | MoveScenario, Prepared>();
  const failures: string[] = [];
  let [removed, calls, trials] = [0, 0, 0];
  for (const seed of seeds(slice, MOST)) {
    if (failures.length >= 10) break;
    trials += 1;
    const scenario = scenarios[seed % scenarios.length] as Scenario | MoveScenario;
    const known = prepared.get(scenario) ?? (await prepare(scenario));
    prepared.set(scenario, known);
    const world = { ...known, built: { ...known.built, removals } } as Prepared;
    const source = drawnRemovals(seed, world.base.deeds.length, Object.keys(removals));
    const { violation, events, routeCalls } = await quickTrial(world, source, seed);
    removed += events.filter(({ kind }) => kind.startsWith('removal:')).length;
    calls += routeCalls;
    if (violation === undefined) continue;
    failures.push(`${scenario.name} ${traceText(events)} seed ${seed}: ${violation.invariant}: ${violation.because}`);
  }
  expect(failures.join('\n')).toBe('');
  expect(removed).toBeGreaterThan(trials / 2);
  expect(calls).toBeGreaterThan(trials);
  if (PROVE)
    console.log(
      `${trials} trials with ${removed} removals: ${calls} calls of routes that nobody removed, or until then`,
    );
}
