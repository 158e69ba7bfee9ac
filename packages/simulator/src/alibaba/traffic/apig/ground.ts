import type { Bucket } from '../../../simulation/dispatch/token-buckets.js';
import type { Decisions } from '../../../simulation/traffic/decisions.js';
import type { ConditionAt } from '../../../simulation/traffic/backends/backends.js';
import type { ApigServiceRow } from '../../apig/state.js';
import type { Endpoint } from '../../apig/service/endpoints.js';
import type { AlibabaState } from '../../state/alibaba-state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import type { Choose, Delivery, PrivateCall } from '../delivery.js';

/** What the data path of a gateway needs of the simulation. */
export interface ApigGround {
  readonly alibaba: AlibabaState;
  readonly state: AlibabaRegionState;
  /** Simulated milliseconds since the epoch; `realNow`: of the machine. */
  readonly now: () => number;
  readonly realNow: () => number;
  readonly choose: Choose;
  readonly decisions: Decisions;
  readonly conditionAt: ConditionAt;
  readonly requestId: () => string;
  /** Takes a token; false: the call is throttled. */
  readonly admits: (bucket: Bucket) => boolean;
  readonly deliver: (call: PrivateCall) => Delivery;
  /** The endpoints of a service, and those that count as unhealthy. */
  readonly endpoints: (service: ApigServiceRow) => {
    readonly all: readonly Endpoint[];
    readonly unhealthy: readonly string[];
  };
}
