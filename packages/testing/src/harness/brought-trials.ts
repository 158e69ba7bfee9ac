import { PosternError } from '@postern/core/internal/library';
import { handoverTrials } from './handover/door.js';
import type { EventSource } from './scenario.js';
import type { TrialResult } from './trial/trial-record.js';
import type { AnyWorld } from './ground.js';

/** How scenarios of a kind that a cloud brings are tried. */
export interface BroughtTrial {
  readonly isOwn: (world: AnyWorld) => boolean;
  /** Only for an own world. It loads what it needs of the package of a cloud. */
  readonly trial: (world: AnyWorld, source: EventSource, seed: number) => Promise<TrialResult>;
}

const BROUGHT: readonly BroughtTrial[] = [handoverTrials];

/** How a world of a kind that a cloud brings is tried. */
export function broughtTrial(world: AnyWorld): BroughtTrial {
  const found = BROUGHT.find((one) => one.isOwn(world));
  if (found === undefined) throw new PosternError('INTERNAL', 'no trial of this kind of scenario');

  return found;
}
