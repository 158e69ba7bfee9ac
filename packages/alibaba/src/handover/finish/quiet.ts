import { lengthOfTime } from '@postern/core/report';
import type { DrainPeriods } from '../switch/drain.js';
import type { GatewayCalls } from '../switch/witness.js';
import type { StageDrain } from './finish-events.js';

/** What the figures of the classic group say of a period. */
export function quietOf(
  calls: GatewayCalls | undefined,
  { quietMs }: Pick<DrainPeriods, 'quietMs'>,
): Pick<StageDrain, 'classic' | 'message'> {
  const period = `in the last ${lengthOfTime(quietMs)}`;
  if (calls?.qps === undefined) {
    return { classic: 'unknown', message: 'whether calls still come to the classic group is not known' };
  }
  if (calls.qps === 0) return { classic: 'quiet', message: `no call came to the classic group ${period}` };
  const rate = calls.qps < 0.01 ? calls.qps.toExponential(1) : Math.round(calls.qps * 100) / 100;
  return { classic: 'in-use', message: `${rate} calls a second came to the classic group ${period}` };
}
