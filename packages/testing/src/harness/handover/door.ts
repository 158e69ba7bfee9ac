import type { EventSource } from '../scenario.js';
import type { TrialResult } from '../trial/trial-record.js';
import type { AnyWorld } from '../ground.js';
import type { HandoverWorld } from './handover-scenario.js';

/** How hand-overs are tried. */
export const handoverTrials = {
  isOwn: ({ built }: AnyWorld): boolean => 'group' in built,
  trial: async (world: AnyWorld, source: EventSource, seed: number): Promise<TrialResult> => {
    // It alone needs the package of a cloud.
    const { handoverTrial } = await import('./handover-trial.js');
    return handoverTrial(world as HandoverWorld, source, seed);
  },
};
