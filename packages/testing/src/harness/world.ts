import type { SavedWorld } from '../simulation/world/saved-world.js';
import type { Built, Scenario } from './scenario.js';

/** A scenario whose world was made. */
export interface World {
  readonly scenario: Scenario;
  readonly built: Built;
  readonly saved: SavedWorld;
  /** The resources after each spec in a trial without events; see `TrialResult.ends`. */
  readonly ends?: readonly (readonly string[])[] | undefined;
}
