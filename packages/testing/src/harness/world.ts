import type { SavedWorld } from '@postern/simulator';
import type { BuiltMove, MoveScenario } from './moves/move-scenario.js';
import type { BuiltHandover, HandoverScenario } from './handover/handover-scenario.js';
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

/** A scenario of a hand-over whose world was made. */
export interface HandoverWorld extends Omit<World, 'scenario' | 'built'> {
  readonly scenario: HandoverScenario;
  readonly built: BuiltHandover;
}

/** A scenario of any kind. */
export type AnyScenario = Scenario | MoveScenario | HandoverScenario;

/** A world of any kind of scenario. */
export type AnyWorld = World | MoveWorld | HandoverWorld;

/** Whether its scenario moves gateways. */
export function isMoveWorld(world: AnyWorld): world is MoveWorld {
  return 'request' in world.built;
}

/** Whether its scenario hands a group over. */
export function isHandoverWorld(world: AnyWorld): world is HandoverWorld {
  return 'group' in world.built;
}
