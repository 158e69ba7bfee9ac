import { createContext, driversOf, memoryJournal } from '@postern/core/internal/library';
import { expect, it } from 'vitest';
import { jumpingClock } from '../../../core/test/jumping-clock.js';
import { sample } from '../../../core/test/runs.js';
import { aws } from '../../src/index.js';
import { servedShop } from '../world/deployed-shop.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const REGION = 'eu-west-1';

/** Replaces a link while calls come; the machine's clock jumps at an event of the run. */
async function replaced(at: number, wallMs: number, passedMs: number) {
  const shop = await servedShop(20_000);
  const { simulation } = shop;
  await shop.run(0);
  await simulation.advance(HOUR);
  const load = simulation.traffic.load({ gateway: shop.host, paths: ['/orders'], perSecond: 4, seconds: 0 });
  await simulation.advance(MINUTE);
  const { clock, jump } = jumpingClock(simulation.clock);
  const journal = memoryJournal();
  const begunMs = simulation.clock.monotonicMs();
  let count = 0;
  const events = await shop.run(1, {
    context: createContext({ clock, random: () => 0.5 }),
    drivers: driversOf(aws({ region: REGION, clients: simulation.clients(REGION, { machineClock: clock.now }) })),
    journal,
    onEvent: () => {
      count += 1;
      if (count === at) jump(wallMs, passedMs);
    },
  });
  const tookMs = simulation.clock.monotonicMs() - begunMs;
  await simulation.advance(MINUTE);
  load.end();
  await simulation.advance(2 * MINUTE);
  const again = await shop.run(1, { journal });
  return { events, tookMs, count, again, links: shop.links().length, lost: load.status().lost };
}

/** Milliseconds that events name. */
const durations = (events: readonly object[]): readonly number[] =>
  events.flatMap((event) =>
    Object.entries(event).flatMap(([key, value]) => (/^(?:duration|elapsed)Ms$/.test(key) ? [value as number] : [])),
  );

it.each(
  sample(
    [
      ['both times an hour ahead, as where a process is stopped', HOUR, HOUR],
      ['the machine’s time an hour ahead', HOUR, 0],
      ['the machine’s time a day ahead', DAY, 0],
      ['the machine’s time an hour back', -HOUR, 0],
      ['the machine’s time a day back', -DAY, 0],
      ['both times a day ahead', DAY, DAY],
    ],
    3,
  ),
)(
  'a clock that jumps during a run: neither loses a call nor ends nor prolongs a wait: %s',
  async (_, wallMs, passedMs) => {
    const still = await replaced(0, 0, 0);
    for (const at of sample([10, 37, 1, 19, 28, 46, 55], 4)) {
      const run = await replaced(at, wallMs, passedMs);
      expect(run.events.at(-1), String(at)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      expect([run.lost, run.links], String(at)).toEqual([0, 1]);
      expect(Math.abs(run.tookMs - still.tookMs), String(at)).toBeLessThan(MINUTE);
      expect(Math.min(...durations(run.events)), String(at)).toBeGreaterThanOrEqual(0);
      expect(run.again.at(-1), String(at)).toMatchObject({ applied: 0, failed: 0 });
    }
  },
);
