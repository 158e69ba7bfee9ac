import type { PlannedUnit } from '../plan/move-plan.js';
import { BATCH, type RunMoveOptions } from './options.js';

/** The units in the order of the plan: the canaries first, then batches. */
export function batchesOf(
  units: readonly PlannedUnit[],
  { canary = 1, batch = BATCH }: Pick<RunMoveOptions, 'canary' | 'batch'>,
): readonly (readonly PlannedUnit[])[] {
  const first = typeof canary === 'number' && units.length > canary ? canary : 0;
  const batches = first === 0 ? [] : [units.slice(0, first)];
  for (let at = first; at < units.length; at += batch) batches.push(units.slice(at, at + batch));
  return batches;
}
