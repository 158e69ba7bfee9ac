import { simulate } from '@postern/simulator';
import { replayed } from './scenario.js';
import { trial } from './trial/trial.js';
import type { TrialResult } from './trial/trial-record.js';
import type { AnyScenario, AnyWorld } from './world.js';

/** A scenario that can be tried. */
export type Prepared = AnyWorld & {
  /** A trial without events: what it does, and how it ends. */
  readonly base: TrialResult;
};

/**
 * Makes the world of a scenario, and runs a trial without events.
 * @throws {Error} where that trial violates an invariant
 */
export async function prepare(scenario: AnyScenario): Promise<Prepared> {
  const simulation = simulate({ ...scenario.settings, clock: 'auto' });
  const built = await scenario.build(simulation);
  const world = { scenario, built, saved: simulation.world() } as AnyWorld;
  const base = await trial(world, replayed([]));
  const { violation, ends, works } = base;
  if (violation) throw new Error(`${scenario.name}, without events: ${violation.invariant}: ${violation.because}`);

  return { ...world, base, ends, works };
}
