import type { AccountState } from '../../simulation/dispatch/operation.js';
import type { VpcPeeringRow } from '../vpc-peer/state.js';
import type { AlibabaRegionState } from './region-state.js';

/** One Alibaba Cloud account, all its regions. */
export interface AlibabaState extends AccountState<AlibabaRegionState> {
  /** RAM roles that exist, by name. */
  readonly roles: Map<string, RoleRow>;
  /** VPC peerings, by id: their sides may be in different regions. */
  readonly peerings: Map<string, VpcPeeringRow>;
}

/** A role of RAM, which has no regions. */
export interface RoleRow {
  /** Digits. */
  readonly id: string;
  readonly name: string;
  /** `acs:ram::<account>:role/<name>`. */
  readonly arn: string;
  readonly description: string;
  /** The service that may assume it: `connectuservpc.apigateway.aliyuncs.com`. */
  readonly service: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly createdAt: number;
}
