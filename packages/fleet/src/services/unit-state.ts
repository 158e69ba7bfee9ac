import type { Unit } from '@postern/core';
import type { StepCounts } from '@postern/core/engine';
import type { FleetState, UnitState } from '../model.js';

/** What is known of a unit of a spec. */
export function unitState(spec: string, unit: Unit, state: FleetState, counts: StepCounts): UnitState {
  const { id, provider, account, region, steps } = unit;
  return { id: `${spec}/${id}`, spec, unit: id, provider, account, region, state, steps: steps.length, ...counts };
}
