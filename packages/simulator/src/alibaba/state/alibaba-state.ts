import type { AccountState } from '../../simulation/dispatch/operation.js';
import type { AlidnsState } from '../alidns/state.js';
import type { VpcPeeringRow } from '../vpc-peer/state.js';
import type { ApigState } from '../cloud-native/control/state.js';
import type { CloudApiState } from '../traditional/control/state.js';
import type { AlibabaNetworkState } from '../vpc/state.js';
import type { SlbState } from '../slb/state.js';

/** One region. State is made of maps of plain rows (Dates allowed), and nothing else: it can be saved and loaded. */
export interface AlibabaRegionState {
  readonly name: string;
  /** The zones of a region that was made from a snapshot, and those where API Gateway has instances. */
  readonly zones?: { readonly all: readonly string[]; readonly served: readonly string[] } | undefined;
  readonly cloudApi: CloudApiState;
  /** VPC and ECS: networks, vSwitches, route tables, network ACLs, security groups, instances, interfaces, prefix lists. */
  readonly network: AlibabaNetworkState;
  readonly slb: SlbState;
  /** Cloud-native API Gateway. */
  readonly apig: ApigState;
}

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
