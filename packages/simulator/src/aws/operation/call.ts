import type * as simulation from '../../simulation/dispatch/operation.js';
import type { AwsState } from '../state/aws-state.js';
import type { RegionState } from '../state/region-state.js';

/** What an operation is given beside its input. `id('vpc-')` gives `vpc-` and 17 hex digits. */
export interface AwsCall extends simulation.OperationCall<RegionState> {
  /** All of the simulated AWS account: every region. */
  readonly aws: AwsState;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

export type TimerHandlers = simulation.TimerHandlers<AwsCall>;
