import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { replayedRun } from '../../../core/test/replayed-run.js';
import type { Kill } from '../../../core/test/replaying-run.js';
import { describeReplayedRuns } from '../../../testing/test/adapters/replayed-runs.js';
import { setUp } from '../world/conformance-setup.js';
import { httpShop } from '../world/http-shop.js';

describeReplayedRuns('AWS', () => setUp('apply'));

/** Replaces the link of an HTTP API. */
async function replace(kill?: Kill) {
  const { run, open, planOf, specOf, drivers, contextOf, callGateway, simulation, links, keys } = await httpShop();
  await run(0, open);
  const plan = await planOf(1);
  const from = simulation.journal().length;
  const replayed = await replayedRun(plan, specOf(1, open), { drivers, context: contextOf(), callGateway }, kill);
  const made = simulation
    .journal()
    .slice(from)
    .filter(({ operation, status }) => operation === 'CreateRoute' && status < 300);
  return { ...replayed, left: (await planOf(1)).units, links: links().length, keys: keys(), made: made.length };
}

describe('a replacement on AWS that is killed at every operation of its test and continues', () => {
  it.each(sample(['before', 'after'], 2))('%s it: one temporary route is created, and none is left', async (when) => {
    const whole = await replace();
    const isTest = (key: string): boolean => /: (?:test of|call)/.test(key);
    const tests = whole.engine.begun.flatMap((key, at) => (isTest(key) ? [at] : []));
    expect(tests.length).toBeGreaterThan(6);
    for (const at of sample(tests, 6)) {
      const run = await replace({ at, when });
      const killed = whole.engine.begun[at];
      expect(run.isKilled, killed).toBe(true);
      expect(run.events.at(-1), killed).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      expect([run.left, run.links, run.keys, run.made, run.engine.repeated], killed).toEqual([
        [],
        1,
        ['GET /orders'],
        1,
        [],
      ]);
    }
  });
});
