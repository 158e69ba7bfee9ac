import { SeededRandom } from '@postern/simulator/internal/simulation';
import { describe, expect, it } from 'vitest';
import { prepare, type AnyScenario } from '../../src/internal/harness.js';
import { replayed } from '../../src/harness/scenario.js';
import { quickTrial } from '../../src/harness/fuzz.js';
import { traceText, type EventKind, type TrialEvent } from '../../src/harness/trace.js';
import { PROVE, seeds } from '../../../core/test/runs.js';
import { HANDOVERS } from './handover/scenarios.js';
import { ALIBABA_MOVES } from './moves/alibaba.js';
import { AWS_MOVES } from './moves/aws.js';

/** What ends a process, or leaves it without the answer of a write. */
const ENDS: readonly EventKind[] = ['kill', 'kill-after', 'lost', 'error-after', 'throttle-after', 'late'];
/** Trials in `npm run prove`, where its seconds allow them. */
const MOST = 10_000;
const FIRST = Number(process.env['POSTERN_LAG_FIRST'] ?? 0);

/** From some moment on no read is younger than 2 to 30 s; then one or two processes end, and in some trials somebody edits something. */
function drawnLag(seed: number, moments: number, edits: readonly string[]): readonly TrialEvent[] {
  const random = new SeededRandom(seed, 22);
  const moment = (): number => Math.floor(random.next() * moments * 1.1);
  const one = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
  const ends = Array.from({ length: random.next() < 0.4 ? 2 : 1 }, () => ({ moment: moment(), kind: one(ENDS) }));
  const lag = { moment: random.next() < 0.6 ? 0 : Math.max(0, (ends[0]?.moment ?? 0) - 5), kind: 'reads-lag' as const };
  const edit =
    edits.length > 0 && random.next() < 0.25 ? [{ moment: moment(), kind: `edit:${one(edits)}` as const }] : [];
  return [lag, ...ends, ...edit];
}

async function tryLagging(scenarios: readonly AnyScenario[], slice: number): Promise<void> {
  const failures: string[] = [];
  let [trials, calls] = [0, 0];
  const prepared = new Map<AnyScenario, Awaited<ReturnType<typeof prepare>>>();
  for (const number of seeds(slice, MOST)) {
    if (failures.length >= 10) break;
    const seed = FIRST + number;
    const scenario = scenarios[seed % scenarios.length] as AnyScenario;
    const world = prepared.get(scenario) ?? (await prepare(scenario));
    prepared.set(scenario, world);
    const events = drawnLag(seed, world.base.deeds.length, Object.keys(world.built.edits ?? {}));
    const { violation, events: met, routeCalls } = await quickTrial(world, replayed(events), seed);
    trials += 1;
    calls += routeCalls;
    if (violation === undefined) continue;
    failures.push(
      `${violation.invariant}: ${violation.because}\n  again: replay(${JSON.stringify(scenario.name)}, ${JSON.stringify(traceText(met))}, ${seed})`,
    );
  }
  expect(failures.join('\n')).toBe('');
  expect(calls).toBeGreaterThan(trials * 100);
  if (PROVE) console.log(`${trials} trials with reads that lag: ${calls} calls of routes`);
}

/** `npm run verify` tries those of few calls. */
const SMALL = AWS_MOVES.filter(({ name }) => name === 'aws move: one route');

describe('where no read is younger than the bound of what may be unseen', () => {
  it('moves of AWS lose no call, and end as declared', async () => {
    await tryLagging(PROVE ? AWS_MOVES : SMALL, 3);
  }, 36_000_000);

  it.runIf(PROVE)(
    'moves of Alibaba Cloud do the same',
    async () => {
      await tryLagging(ALIBABA_MOVES, 3);
    },
    36_000_000,
  );

  it('hand-overs do the same', async () => {
    await tryLagging(HANDOVERS, 1);
  }, 36_000_000);
});
