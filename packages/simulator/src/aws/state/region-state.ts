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
