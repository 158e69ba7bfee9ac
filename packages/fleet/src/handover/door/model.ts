import type { BroughtNames } from '../../brought/kind.js';

/** What hand-overs are called. */
export const handoverNames = {
  goal: 'handover',
  key: 'handovers',
  entry: 'hand-over',
  heading: 'Hand over',
} as const satisfies BroughtNames;
export type { HandoverTypes } from '../model.js';
export type { FleetHandover, FleetHandovers, HandoverUnit } from '../model.js';
