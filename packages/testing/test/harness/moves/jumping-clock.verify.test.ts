import { createContext, memoryJournal } from '@postern/core/internal/library';
import { Moves, type MoveEvent } from '@postern/core/internal/moves';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { jumpingClock } from '../../../../core/test/jumping-clock.js';
import { runs, sample } from '../../../../core/test/runs.js';
import { VirtualProcess } from '../../../src/harness/trial/virtual-process.js';
import { AWS_MOVES } from './aws.js';

const HOUR = 3_600_000;

/** Moves two routes of an HTTP API; the clock jumps at one of its events. */
async function moved(at: number, wallMs: number, passedMs: number) {
  const scenario = AWS_MOVES.find(({ name }) => name === 'aws move: two routes of one integration');
  if (scenario === undefined) throw new Error('no such move');
  const simulation = simulate({ ...scenario.settings, clock: 'auto' });
  const built = await scenario.build(simulation);
  const { clock, jump } = jumpingClock(simulation.clock);
  const process = new VirtualProcess(simulation, { happens: () => undefined, random: () => 0.5 });
  const driver = scenario.driver(process);
  const { callGateway } = process;
  const context = createContext({ clock, random: () => 0.5 });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  const plan = await moves.plan(built.request, { ...built.plan, capture: true });
  const begunMs = simulation.clock.monotonicMs();
  const events: MoveEvent[] = [];
  const run = moves.run(plan, { accept: built.plan?.accept, assume: built.plan?.assume, callGateway, ...built.run });
  for (;;) {
    const next = await run.next();
    if (next.done === true) {
      const durations = events.flatMap((event) =>
        Object.entries(event).flatMap(([key, ms]) => (/^(?:duration|elapsed)Ms$/.test(key) ? [ms as number] : [])),
      );
      return {
        state: next.value.state,
        count: events.length,
        durations,
        tookMs: simulation.clock.monotonicMs() - begunMs,
      };
    }
    events.push(next.value);
    if (events.length === at) jump(wallMs, passedMs);
  }
}

it.each(
  sample(
    [
      ['both times an hour ahead', HOUR, HOUR],
      ['both times a day ahead', 24 * HOUR, 24 * HOUR],
      ['the machine’s time an hour back', -HOUR, 0],
      ['the machine’s time a day ahead', 24 * HOUR, 0],
    ],
    2,
  ),
)('a move in which the clock jumps ends as without a jump: %s', async (_, wallMs, passedMs) => {
  const still = await moved(0, 0, 0);
  expect(still.state).toBe('draining');
  for (let at = 1; at < still.count; at += runs(4, 1)) {
    const { state, durations, tookMs } = await moved(at, wallMs, passedMs);
    expect(state, String(at)).toBe(still.state);
    expect(Math.min(...durations), String(at)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(tookMs - still.tookMs), String(at)).toBeLessThan(60_000);
  }
});
