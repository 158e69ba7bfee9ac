import type { CallContext, Driver, Spec } from '@postern/core/internal/library';
import { planForget } from '@postern/core/internal/plan';
import type { Simulation } from '@postern/simulator';
import { expect } from 'vitest';
import { applied, idsOf, planOf, snapshotOf } from '../../src/conformance/apply/spec-runs.js';
import { simulatorWrites } from './simulator-writes.js';
import { CLOUDS } from '../../../core/test/clouds.js';

interface Scene {
  readonly driver: Driver;
  readonly ctx: CallContext;
  readonly simulation: Simulation;
  /** Declares the routes `GET /a` and `GET /b`, which others made by hand, as they are. */
  readonly spec: Spec;
  /** What callers can notice of them, and the texts of others. */
  readonly state: () => unknown;
}

/** Removes the marks of a spec. */
export const forgotten = async (cloud: Scene, spec: Spec): Promise<void> =>
  applied(cloud, spec, planForget(await snapshotOf(cloud, spec), spec, { clouds: CLOUDS }));

/** Adopts the routes by these steps, which write their marks alone, and forgets them, which restores what was there. */
export async function adoptedAndForgotten(
  cloud: Scene,
  steps: readonly string[],
  due: readonly string[],
): Promise<void> {
  const { spec, state, simulation } = cloud;
  const before = state();
  const plan = await planOf(cloud, spec);
  expect(idsOf(plan)).toEqual(steps);
  const writes = simulatorWrites(simulation);
  const from = writes().length;
  await applied(cloud, spec, plan);
  expect(writes().slice(from).toSorted()).toEqual(due);
  expect(JSON.stringify(state())).toContain('postern:shop@pay-7f3k2q/pay');
  const declared = { ...spec, integrations: { pay: { ...spec.integrations['pay']!, adopt: false } } };
  for (const next of [spec, declared]) expect(idsOf(await planOf(cloud, next))).toEqual([]);
  for (const other of [{ project: 'pay' }, { spec: 'other-1' }])
    await expect(planOf(cloud, { ...spec, ...other })).rejects.toMatchObject({ code: 'NOT_OURS' });
  await forgotten(cloud, spec);
  expect(state()).toEqual(before);
}
