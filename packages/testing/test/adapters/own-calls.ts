import type { ErrorCode } from '@postern/core/internal/library';
import type { Simulation } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { applied, failuresOf, planOf, specOf } from '../../src/conformance/apply/spec-runs.js';
import { runConformanceCheck } from '../../src/conformance/checks.js';
import type { ConformanceSetup, FaultCalls, FaultPoint } from '../../src/conformance/setup.js';
import { Trial } from '../../src/conformance/trial.js';
import { simulatorWrites } from './simulator-writes.js';

type Setup = ConformanceSetup & { readonly simulation: Simulation };

/** The most that is sent of a call that is always throttled, and how the step ends. */
export interface Throttled {
  readonly code: ErrorCode;
  readonly calls: number;
  /** Milliseconds from the first to the last. */
  readonly ms: number;
}

/** How one adapter calls its cloud: no other driver owes that. */
export interface OwnCalls {
  readonly setUp: () => Promise<Setup>;
  /** How often each of these checks of the suite, from its empty world on, calls the operations that change something. */
  readonly writes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** In the order of an apply: each run is stopped by the next call. */
  readonly throttled: Partial<Readonly<Record<FaultPoint, Throttled>>>;
  readonly calls: FaultCalls;
}

/** What an adapter sends in checks of the suite, and where its cloud throttles. */
export function describeOwnCalls(name: string, { setUp, writes, throttled, calls }: OwnCalls): void {
  describe(`the calls of ${name}`, () => {
    it.each(Object.entries(writes))('that change something, where a driver %s', async (check, due) => {
      const setup = await setUp();
      await runConformanceCheck(check, setup);
      const sent = simulatorWrites(setup.simulation)();
      expect(
        Object.fromEntries([...new Set(sent)].map((one) => [one, sent.filter((each) => each === one).length])),
      ).toEqual(due);
    });

    it('are sent as often as one layer may where they are throttled, and the step reports it', async () => {
      const setup = await setUp();
      const trial = new Trial(setup);
      const spec = specOf(trial, 'eu');
      const sentAt = (point: FaultPoint): readonly number[] => {
        const operations = (calls[point] ?? []).map(({ operation }) => operation);
        const sent = setup.simulation.journal().filter(({ operation }) => operations.includes(operation));
        return sent.map(({ time }) => Date.parse(time));
      };
      for (const [point, { code, calls: most, ms }] of Object.entries(throttled) as [FaultPoint, Throttled][]) {
        const plan = await planOf(trial, spec);
        const from = sentAt(point).length;
        trial.faults.add(point, { kind: 'throttle' });
        expect((await failuresOf(trial, spec, plan))[0], point).toMatchObject({ code });
        trial.faults.clear();
        const sent = sentAt(point).slice(from);
        expect(sent.length, point).toBeGreaterThan(1);
        expect(sent.length, point).toBeLessThanOrEqual(most);
        expect(Math.max(...sent) - Math.min(...sent), point).toBeLessThanOrEqual(ms);
      }
      await applied(trial, spec);
    });
  });
}
