import type { SavedWorld } from '@postern/simulator/internal/simulation';
import type { BuiltMove, MoveScenario } from './moves/move-scenario.js';
import type { BroughtScenario, BroughtWorld } from './brought.js';
import type { Built, Scenario } from './scenario.js';

/** A scenario whose world was made. */
export interface World {
  readonly scenario: Scenario;
  readonly built: Built;
  readonly saved: SavedWorld;
  /** The resources after each spec in a trial without events; see `TrialResult.ends`. */
  readonly ends?: readonly (readonly string[])[] | undefined;
  /** The routes that are answered then; see `TrialResult.works`. */
  readonly works?: readonly (readonly string[])[] | undefined;
}

/** A scenario of a move whose world was made. */
export interface MoveWorld extends Omit<World, 'scenario' | 'built'> {
  readonly scenario: MoveScenario;
  readonly built: BuiltMove;
}

/** A scenario of any kind. */
export type AnyScenario = Scenario | MoveScenario | BroughtScenario;

/** A world of any kind of scenario. */
export type AnyWorld = World | MoveWorld | BroughtWorld;

/** Whether its scenario moves gateways. */
export function isMoveWorld(world: AnyWorld): world is MoveWorld {
  return 'request' in world.built;
}

/** Whether its scenario applies specs. */
export function isSpecWorld(world: AnyWorld): world is World {
  return 'specs' in world.built;
}
