import type { SavedWorld } from '@postern/simulator';
import type { BuiltHandover, HandoverScenario } from './handover-scenario.js';

/** A scenario of a hand-over whose world was made. */
export interface HandoverWorld {
  readonly scenario: HandoverScenario;
  readonly built: BuiltHandover;
  readonly saved: SavedWorld;
  /** As in `World`. */
  readonly ends?: readonly (readonly string[])[] | undefined;
  readonly works?: readonly (readonly string[])[] | undefined;
}

export type { HandoverScenario };
