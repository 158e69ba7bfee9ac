import type { RegionState } from './region-state.js';

/** One AWS account, all its regions. Regions come into being when they are first called, with what AWS gives a new account. */
export interface AwsState {
  readonly account: string;
  readonly regions: Map<string, RegionState>;
  /** Quotas that a world raises, by key. */
  readonly quotas: Map<string, number>;
}
