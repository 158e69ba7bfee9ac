import type { BroughtTrial } from '../brought-trial.js';
import type { HandoverWorld } from './handover-world.js';

/** How hand-overs are tried. */
export const handoverTrials: BroughtTrial = {
  isOwn: ({ built }) => 'group' in built,
  trial: async (world, source, seed) => {
    // It alone needs the package of a cloud.
    const { handoverTrial } = await import('./handover-trial.js');
    return handoverTrial(world as HandoverWorld, source, seed);
  },
};
