import type { BuiltMove, MoveScenario } from '../../../testing/src/internal/harness.js';
import type { Simulation } from '../../src/index.js';

export type Row = Readonly<Record<string, any>>;

/** What happens to the world, and for how many simulated seconds calls go on after it. */
export type Change = readonly [seconds: number, make: (sim: Simulation, built: BuiltMove) => unknown];

/** A scenario, its changes, and in how many ways its calls end at least. */
export type Repeated = readonly [what: string, scenario: MoveScenario, changes: readonly Change[], ends: number];
