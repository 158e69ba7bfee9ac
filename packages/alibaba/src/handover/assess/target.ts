/** A gateway of APIG that exists and could be the target. */
export interface TargetGateway {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly vSwitchIds: readonly string[];
  /** The managed group of its nodes. */
  readonly groupId?: string | undefined;
  /** `Running`. */
  readonly status: string;
  /** `API`. */
  readonly type: string;
  /** `apigw.small.x1`. */
  readonly spec?: string | undefined;
  readonly version?: string | undefined;
  /** Which callers reach it. Empty: not read. */
  readonly access: readonly ('Internet' | 'Intranet')[];
  /** Whether its vSwitches reach public addresses, through a NAT gateway. Undefined: not read. */
  readonly reachesInternet?: boolean | undefined;
  /** Whether it changes its size by itself. */
  readonly elastic?: boolean | undefined;
  /** The stage that it already serves for this group. */
  readonly stage?: string | undefined;
}
