import { newState as newDirectConnect } from '../direct-connect/index.js';
import { emptyState } from '../ec2/index.js';
import type { AwsState } from './aws-state.js';

/** Gives an account that was saved before something was simulated the empty tables for it. */
export function completeState(state: AwsState): AwsState {
  const regions = [...state.regions].map(
    ([name, region]) =>
      [
        name,
        {
          ...region,
          ec2: { ...emptyState(), ...region.ec2 },
          directConnect: { ...newDirectConnect(), ...(region as Partial<typeof region>).directConnect },
        },
      ] as const,
  );
  return { ...state, regions: new Map(regions) };
}
