import { PrivateIntegrations, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { Simulation } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { allCalls, appliedCalls, removedCalls, sum, type Counts } from '../../../core/test/applied-calls.js';
import { runs, sample } from '../../../core/test/runs.js';
import { specOf } from '../../src/conformance/apply/spec-runs.js';
import type { ConformanceSetup } from '../../src/conformance/setup.js';
import { Trial } from '../../src/conformance/trial.js';

type Integration = Spec['integrations'][string];

interface Kind {
  readonly setUp: () => Promise<ConformanceSetup & { readonly simulation: Simulation }>;
  /** How many routes are created at once. */
  readonly routes: number;
  /** The calls that a created route needs, and a share of looks. */
  readonly most: number;
  /** The call that is made once for each route. */
  readonly creates: string;
  /** The calls that a route needs when all are removed, with its part of the reading; a list for each would be more. */
  readonly removes: number;
  /** Changes the route `GET /i0/r0`. */
  readonly change: (of: Integration) => Partial<Integration>;
}

/** Calls that a spec needs once, whatever its size: a deployment, and what is behind the link. */
const ONCE = 14;

/** A gateway behind one link; `each` of its routes are in one integration. */
async function account({ setUp, change }: Kind) {
  const setup = await setUp();
  const trial = new Trial(setup);
  const { world } = trial;
  const gate = () => {
    const driver = setup.process?.() ?? setup.driver;
    return new PrivateIntegrations(driver, { judge, project: spec.project, spec: 'orders', clock: setup.clock });
  };
  const { integrations, ...spec } = specOf(trial, 'one', { identity: 'orders' });
  const targets = { main: { ref: world.targets[0] }, other: { ref: world.targets[1] } };
  const specWith = (routes: number, each: number, isChanged = false): Spec => {
    const parts = Array.from({ length: Math.ceil(routes / each) }, (_, part) => {
      const keys = Array.from({ length: Math.min(each, routes - part * each) }, (__, at) => `GET /i${part}/r${at}`);
      const of = { ...integrations['one']!, targets, routes: Object.fromEntries(keys.map((key) => [key, 'main'])) };
      return [`i${part}`, { ...of, ...(isChanged && part === 0 && change(of)) }] as const;
    });
    return { ...spec, integrations: Object.fromEntries(parts) };
  };
  const applied = appliedCalls(gate, () => setup.simulation.journal());
  await applied(specWith(1, 1));
  const journal = () => setup.simulation.journal();
  return { specWith, applied, gate, all: allCalls(gate, journal), removed: removedCalls(gate, journal) };
}

/** What an apply of many routes of one gateway costs in calls. */
export function describeApplyCalls(name: string, kind: Kind): void {
  describe(`an apply of many routes of one ${name}`, () => {
    it.each(
      sample(
        [
          ['20 in each integration', 20],
          ['in one integration', kind.routes],
        ],
        2,
      ),
    )('costs its writes and a share of one look: %s', async (_, each) => {
      const { specWith, applied, gate } = await account(kind);
      const made = await applied(specWith(kind.routes, each));
      expect(sum(made), JSON.stringify(made)).toBeLessThanOrEqual(kind.most * (kind.routes - 1) + ONCE);
      expect(made[kind.creates]).toBe(kind.routes - 1);
      expect((await gate().plan(specWith(kind.routes, each))).units).toEqual([]);
    });

    it('is undone by a number of calls for each route that does not grow with the routes beside it', async () => {
      const costs = async (routes: number): Promise<number> => {
        const { specWith, applied, removed } = await account(kind);
        await applied(specWith(routes, 20));
        return sum(await removed(specWith(routes, 20)));
      };
      // As many as each cloud allows by default: a REST API has 300 resources, and a list of its resources is a page of 500.
      const many = runs(60, 300);
      expect(((await costs(many)) - (await costs(20))) / (many - 20)).toBeLessThanOrEqual(kind.removes);
    });

    it('costs as many calls for one change among many as among few', async () => {
      const costs = async (routes: number): Promise<Counts> => {
        const { specWith, applied } = await account(kind);
        await applied(specWith(routes, routes));
        return applied(specWith(routes, routes, true));
      };
      const few = await costs(runs(20, 120));
      // A list has a page for each 500.
      const pages = runs(1, 4);
      const many = Object.entries(await costs(runs(30, 2_000)));
      expect(
        Object.fromEntries(many.map(([name, calls]) => [name, calls / pages === few[name] ? few[name] : calls])),
      ).toEqual(few);
      expect(sum(few), JSON.stringify(few)).toBeLessThanOrEqual(ONCE);
    });

    it('needs as many calls in all, with the readings of plan and apply, for one change among 60 as among 20', async () => {
      const costs = async (routes: number): Promise<{ readonly same: Counts; readonly changed: Counts }> => {
        const { specWith, applied, all } = await account(kind);
        await applied(specWith(routes, routes));
        return { same: await all(specWith(routes, routes)), changed: await all(specWith(routes, routes, true)) };
      };
      expect(await costs(60)).toEqual(await costs(20));
    });
  });
}
