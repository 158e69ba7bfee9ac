import { emptyRegion, newGlobals } from './services.js';
import type { AwsState } from './state/aws-state.js';
import type { RegionState } from './state/region-state.js';

/** Gives an account that was saved before something was simulated the empty tables for it. */
export function completeState(state: AwsState): AwsState {
  const regions = [...state.regions].map(([name, region]) => [name, completeRegion(name, region)] as const);
  return { ...newGlobals(), ...state, regions: new Map(regions) };
}

function completeRegion(name: string, region: Partial<RegionState>): RegionState {
  const { name: _, ...parts } = emptyRegion(name);
  const complete = Object.entries(parts).map(([part, tables]) => [
    part,
    { ...tables, ...region[part as keyof typeof parts] },
  ]);
  return { name, ...Object.fromEntries(complete) } as RegionState;
}
