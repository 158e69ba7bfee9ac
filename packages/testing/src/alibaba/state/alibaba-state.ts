import type { AlibabaRegionState } from './region-state.js';

/** One Alibaba Cloud account, all its regions. */
export interface AlibabaState {
  /** The account's id. */
  readonly account: string;
  readonly regions: Map<string, AlibabaRegionState>;
  readonly quotas: Map<string, number>;
  /** Names of RAM roles that exist, with their documents. */
  readonly roles: Map<
    string,
    { readonly name: string; readonly arn: string; readonly createdAt: number; readonly description: string }
  >;
}
