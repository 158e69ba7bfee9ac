import type { EventSource } from './scenario.js';
import type { TrialResult } from './trial/trial-record.js';
import type { AnyWorld } from './world.js';

/** How scenarios of a kind that a cloud brings are tried. */
export interface BroughtTrial {
  readonly isOwn: (world: AnyWorld) => boolean;
  /** Only for an own world. It loads what it needs of the package of a cloud. */
  readonly trial: (world: AnyWorld, source: EventSource, seed: number) => Promise<TrialResult>;
}
