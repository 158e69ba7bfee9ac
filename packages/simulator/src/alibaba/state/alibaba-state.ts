import type { AccountState } from '../../simulation/dispatch/operation.js';
import type { AlidnsState } from '../alidns/state.js';
import type { VpcPeeringRow } from '../vpc-peer/state.js';
import type { AlibabaRegionState } from './region-state.js';

/** One Alibaba Cloud account, all its regions. */
export interface AlibabaState extends AccountState<AlibabaRegionState> {
  /** RAM roles that exist, by name. */
  readonly roles: Map<string, RoleRow>;
  /** Sessions of roles that were assumed, by access key ID. */
  readonly sessions: Map<string, RoleSession>;
  /** VPC peerings, by id: their sides may be in different regions. */
  readonly peerings: Map<string, VpcPeeringRow>;
  /** Public DNS. */
  readonly alidns: AlidnsState;
}

/** Temporary credentials of a role that was assumed. */
export interface RoleSession {
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** `acs:ram::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /** `<ID of the role>:<session>`. */
  readonly userId: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly expiresAt: number;
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
