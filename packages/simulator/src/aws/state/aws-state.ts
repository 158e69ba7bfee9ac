import type { AccountState } from '../../simulation/dispatch/operation.js';
import type { IamState } from '../iam/state.js';
import type { Route53State } from '../route53/state.js';
import type { AcmState } from '../acm/state.js';
import type { ApiGatewayState } from '../http-apis/control/state.js';
import type { AutoScalingState } from '../auto-scaling/state.js';
import type { CloudMapState } from '../cloud-map/state.js';
import type { DirectConnectState } from '../direct-connect/state.js';
import type { Ec2State } from '../ec2/state.js';
import type { EcsState } from '../ecs/state.js';
import type { LoadBalancingState } from '../load-balancing/state.js';
import type { LogsState } from '../logs/state.js';
import type { ServiceQuotasState } from '../service-quotas/state.js';
import type { RestApiState } from '../rest-apis/control/state.js';

/** One region. State is made of maps of plain rows (Dates allowed), and nothing else: it can be saved and loaded. */
export interface RegionState {
  readonly name: string;
  readonly ec2: Ec2State;
  readonly apiGateway: ApiGatewayState;
  readonly restApi: RestApiState;
  readonly loadBalancing: LoadBalancingState;
  readonly cloudMap: CloudMapState;
  readonly ecs: EcsState;
  readonly acm: AcmState;
  readonly directConnect: DirectConnectState;
  readonly logs: LogsState;
  readonly autoScaling: AutoScalingState;
  readonly serviceQuotas: ServiceQuotasState;
}

/**
 * One AWS account, all its regions. A region is created when it is first called, with the resources of a new account.
 */
export interface AwsState extends AccountState<RegionState> {
  /** Credentials that `AssumeRole` gave out, by access key id. */
  readonly sessions: Map<string, RoleSession>;
  /** Services without regions. */
  readonly iam: IamState;
  readonly route53: Route53State;
}

/** Temporary credentials of an assumed role. */
export interface RoleSession {
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly arn: string;
  /** `AROA…:session`. */
  readonly userId: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly expiresAt: number;
}
