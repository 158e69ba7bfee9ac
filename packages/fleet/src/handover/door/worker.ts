import type { BroughtWorkKind } from '../../brought/work-kind.js';
import { handOverSpec } from '../hand-over-spec.js';
import { handovers, handoverService, stopHandover } from '../service.js';

/** How workers carry out hand-overs. */
export const handoverWork: BroughtWorkKind = {
  goal: 'handover',
  carryOut: handOverSpec,
  stop: stopHandover,
  services: (setting, replaysAlways) => [handovers, handoverService(setting, replaysAlways)],
};
