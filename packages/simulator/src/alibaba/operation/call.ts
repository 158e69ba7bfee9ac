import type { OperationCall, TimerHandlers } from '../../simulation/dispatch/operation.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import type { AlibabaRegionState } from '../state/region-state.js';

/** What an action is given beside its parameters. `id('sg-bp')` gives `sg-bp` and 17 characters of base 36. */
export interface AlibabaCall extends OperationCall<AlibabaRegionState> {
  /** All of the simulated Alibaba Cloud account: every region. */
  readonly alibaba: AlibabaState;
}

export type AlibabaTimerHandlers = TimerHandlers<AlibabaCall>;
