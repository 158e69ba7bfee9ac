import { PrivateIntegrations, type Driver, type Link, type Snapshot } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { Simulation } from '@postern/simulator';
import { expect } from 'vitest';
import { parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';

/** What an import writes of a world must be taken by an apply, and change nothing that calls see. */
export async function expectImport(simulation: Simulation, driver: () => Driver, snapshot: Snapshot): Promise<void> {
  // A spec of no links is refused as empty.
  const isLeft = ({ state }: Link): boolean => state === 'failed' || state === 'deleting';
  if (snapshot.regions.every(({ links }) => links.every(isLeft))) return;
  const gate = (project: string, spec?: string) =>
    new PrivateIntegrations(driver(), {
      judge,
      project,
      ...(spec === undefined ? {} : { spec }),
      clock: simulation.clock,
    });

  const spec = 'imported-7f3k2q';
  const shown = parseSpec(specFromSnapshot(snapshot, { project: 'imported', spec }));
  expect((await gate('imported', spec).plan(shown)).units).toEqual([]);

  // What is there with marks of the project may be half made, and is then repaired; nothing of it is refused.
  await gate('shop').plan(parseSpec(specFromSnapshot(snapshot, { project: 'shop' })));

  const adopted = parseSpec(specFromSnapshot(snapshot, { project: 'imported', spec, adopt: true }));
  const plan = await gate('imported', spec).plan(adopted);
  const steps = plan.units.flatMap((unit) => unit.steps);
  expect(steps.filter(({ kind }) => kind !== 'adopt' && kind !== 'tag')).toEqual([]);
  const failed = [];
  for await (const event of gate('imported', spec).apply(plan, { probe: false }))
    if (event.type === 'step.failed') failed.push(event);
  expect(failed).toEqual([]);
  expect((await gate('imported', spec).plan(adopted)).units).toEqual([]);
}
