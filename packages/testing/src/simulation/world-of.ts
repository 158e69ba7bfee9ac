import type { Simulation } from './simulate.js';
import type { World } from './world/world.js';

const worlds = new WeakMap<Simulation, World>();

/** Keeps the world of a simulation, for {@link versionOf}. */
export function keepWorld(simulation: Simulation, world: World): void {
  worlds.set(simulation, world);
}

/**
 * A number that is another one whenever a cloud of a simulation may have changed: the same number, the same resources. What has
 * fallen due happens first.
 */
export function versionOf(simulation: Simulation): number | undefined {
  const world = worlds.get(simulation);
  world?.settle();
  return world?.version();
}
