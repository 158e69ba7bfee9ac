import { PosternError } from '@postern/core';
import type { BroughtTrial } from './brought-trial.js';
import { handoverTrials } from './handover/door.js';
import type { AnyWorld } from './world.js';

const BROUGHT: readonly BroughtTrial[] = [handoverTrials];

/** How a world of a kind that a cloud brings is tried. */
export function broughtTrial(world: AnyWorld): BroughtTrial {
  const found = BROUGHT.find((one) => one.isOwn(world));
  if (found === undefined) throw new PosternError('INTERNAL', 'no trial of this kind of scenario');
  return found;
}
