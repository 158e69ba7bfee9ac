import { driversOf } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { replayedRun } from '../../../core/test/replayed-run.js';
import type { Kill } from '../../../core/test/replaying-run.js';
import { idsOf, planOf, specOf } from '../../src/conformance/apply/spec-runs.js';
import type { ConformanceSetup } from '../../src/conformance/setup.js';
import { Trial } from '../../src/conformance/trial.js';
import { simulatorWrites } from './simulator-writes.js';
import type { Simulation } from '@postern/simulator';

interface Options {
  /** Kills at each so many-th operation. */
  readonly every?: number;
  /** More kills than this must happen. */
  readonly kills?: number;
  /** For an adapter that waits inside its operations. */
  readonly effectsMaySleep?: boolean;
}

type Setup = ConformanceSetup & { readonly simulation: Simulation };

/** Applies a plan of a link with an allowlist and two routes to two targets, on a cloud of its own. */
async function carryOut(setup: Setup, effectsMaySleep: boolean, kill?: Kill) {
  const trial = new Trial(setup);
  const { world, driver, ctx: context } = trial;
  const spec = specOf(trial, 'eu', {
    identity: 'orders-7f3k2q',
    integration: {
      targets: { one: { ref: world.targets[0] }, two: { ref: world.targets[1] } },
      routes: { 'ANY /orders': 'one', 'GET /health': 'two' },
    },
  });
  const made = simulatorWrites(setup.simulation);
  const from = made().length;
  const run = await replayedRun(
    await planOf(trial, spec),
    spec,
    { drivers: driversOf(driver), context, effectsMaySleep },
    kill,
  );
  const creates = made()
    .slice(from)
    .filter((operation) => /^(?:Create|SetVpcAccess)/.test(operation));
  return {
    ...run,
    left: idsOf(await planOf(trial, spec)),
    links: await trial.countLinks(),
    creates: creates.toSorted(),
  };
}

/** A run that a durable engine carries out: killed at every operation, it continues with its recorded answers. */
export function describeReplayedRuns(
  name: string,
  setup: () => Promise<Setup>,
  { every = 1, kills: least = 5, effectsMaySleep = false }: Options = {},
): void {
  describe(`a run on ${name} that is killed at every operation and continues with its recorded answers`, () => {
    it.each(sample(['before', 'after'], 2))('%s it: everything is created once', async (when) => {
      const whole = await carryOut(await setup(), effectsMaySleep);
      expect(whole.events.at(-1)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      let kills = 0;
      for (let at = 0; at < whole.engine.begun.length; at += every) {
        const run = await carryOut(await setup(), effectsMaySleep, { at, when });
        if (run.isKilled) kills += 1;
        const killed = whole.engine.begun[at];
        expect(run.events.at(-1), killed).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
        expect([run.left, run.links, run.engine.repeated], killed).toEqual([[], 1, []]);
        expect(run.creates, killed).toEqual(whole.creates);
      }
      expect(kills).toBeGreaterThan(least);
    });
  });
}
