import { memoryJournal, type Driver, type Spec } from '@postern/core/internal/library';
import type { Simulation } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { runs, sample } from '../../../core/test/runs.js';
import { carriedOut, integrationOf, linkOf, marked, planOf, specOf } from '../../src/conformance/apply/spec-runs.js';
import type { ConformanceSetup } from '../../src/conformance/setup.js';
import { Trial } from '../../src/conformance/trial.js';

type Setup = ConformanceSetup & { readonly simulation: Simulation };

interface QuotasOfCloud {
  /** A driver that reports its calls before they are made. */
  readonly driverOf: (simulation: Simulation, onCall: (call: { readonly kind: string }) => undefined) => Driver;
  /** Quotas of what a run creates. `from`: the first write before which it is lowered; by default 0, right after the plan. */
  readonly rows: readonly { readonly quota: string; readonly setUp: () => Promise<Setup>; readonly from?: number }[];
  /** More steps than this are refused in all. */
  readonly refused: number;
  readonly remedy: RegExp;
}

/** Two links, and two integrations with two routes each; the routes of a gateway that moves as a whole are on two gateways. */
function quotaSpec(trial: Trial): Spec {
  const { world } = trial;
  const routesOf = (name: string) => ({ [`GET /${name}`]: 't', [`GET /${name}/{id}`]: 't' });
  const gateway = world.secondGateway ?? world.gateway.ref;
  return {
    ...specOf(trial, 'a', { identity: 'shop' }),
    links: { a: linkOf(trial), b: linkOf(trial) },
    integrations: {
      orders: integrationOf(trial, 'a', { routes: routesOf('orders') }),
      carts: integrationOf(trial, 'b', { routes: routesOf('carts'), gateway }),
    },
  };
}

/** A cloud with runs of its spec, and one journal for all of them. */
export async function quotaScene({ driverOf }: Pick<QuotasOfCloud, 'driverOf'>, setUp: () => Promise<Setup>) {
  const setup = await setUp();
  const trial = new Trial(setup);
  const spec = quotaSpec(trial);
  const journal = memoryJournal();
  /** Plans and applies; `atWrite`: with 0 after the plan, then before each write, with its number from 1. */
  const run = async (atWrite: (count: number) => void = () => undefined) => {
    let writes = 0;
    const plan = await planOf(trial, spec);
    atWrite(0);
    const driver = driverOf(setup.simulation, ({ kind }) => {
      if (kind === 'write') atWrite((writes += 1));
      return undefined;
    });
    const { errors, done } = await carriedOut({ driver, ctx: trial.ctx }, spec, plan, { journal });
    return { failures: errors, writes, done, units: plan.units.length };
  };
  /** What carries a mark of the spec, and how long the lists of the cloud are. */
  const left = async () => {
    const names = (await marked(trial)).map(([what, , ...of]) => [what, ...of].join(' '));
    const lists = setup.state?.() as readonly object[];
    return [names.toSorted(), lists.map((one) => [one, ...Object.values(one)].find(Array.isArray)?.length)];
  };
  return { run, left, setQuota: (quota: string, value: number) => setup.simulation.setQuotas({ [quota]: value }) };
}

/** A quota that is lowered after the plan, and raised again: the run ends with its code and a remedy, and the next one ends it. */
export function describeChangedQuotas(name: string, cloud: QuotasOfCloud): void {
  const { rows, refused: least, remedy } = cloud;
  describe(`a quota on ${name} that is lowered after the plan, and raised again`, () => {
    it.each(sample(rows, 2))('$quota: refused with its code and a remedy; in the end all exists once', async (row) => {
      const { quota, setUp, from = 0 } = row;
      const whole = await quotaScene(cloud, setUp);
      const { writes, done } = await whole.run();
      expect(done).toMatchObject({ failed: 0, skipped: 0 });
      let refused = 0;
      for (let at = from; at <= writes; at += runs(5, 1)) {
        const { run, left, setQuota } = await quotaScene(cloud, setUp);
        const { failures } = await run((count) => {
          if (count === at) setQuota(quota, 0);
        });
        refused += failures.length;
        for (const failure of failures)
          expect(failure).toMatchObject({ code: 'QUOTA_EXCEEDED', remedy: expect.stringMatching(remedy) });
        if (at < 2) expect(failures.length, String(at)).toBeGreaterThan(0);
        setQuota(quota, 1_000);
        expect((await run()).done, String(at)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
        expect(await left(), String(at)).toEqual(await whole.left());
        expect((await run()).units).toBe(0);
      }
      expect(refused).toBeGreaterThan(least);
    });
  });
}
