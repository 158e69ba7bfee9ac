import { cloudNow, type CallContext } from '@postern/core/internal/adapter';
import { outcomeOf, lengthOfTime } from '@postern/core/internal/cloud';
import type { JournaledTools } from '../run/journaled.js';
import { act } from '../switch/move-name.js';
import { ALL_SWITCHED, momentOf, recordMoment, type StageNow } from '../switch/handover-status.js';
import { drainPeriods, KEEP_ALIVE_MS, type DrainPeriods } from '../switch/rollback-handover.js';
import type { ClassicGroup } from '../switch/classic-side.js';
import type { Witness, GatewayCalls } from '../switch/witness.js';
import type { FinishEvent, FinishState, StageDrain, FinishHandoverOptions } from './finish-events.js';

export interface DrainTools {
  readonly options: FinishHandoverOptions;
  readonly tools: Pick<JournaledTools<FinishEvent>, 'runOf' | 'records' | 'at'>;
  /** Undefined: it does not exist any more. */
  readonly group: ClassicGroup | undefined;
}

/** The state of all stages: the least advanced decides. */
export function drainState(
  drains: readonly StageDrain[],
  { context, acceptUnwatched = false }: Pick<FinishHandoverOptions, 'context' | 'acceptUnwatched'>,
): FinishState {
  // The switch was recorded at the latest instant that it may have been.
  const now = cloudNow(context)?.earliestMs ?? context.clock.now();
  if (drains.some(({ drainedAt }) => Date.parse(drainedAt) > now)) return 'draining';

  const isKnown = ({ classic }: StageDrain): boolean =>
    classic === 'quiet' || (classic === 'unknown' && acceptUnwatched);
  return drains.every(isKnown) ? 'drained' : 'in-use';
}

/** The drain of a stage: when it began and ends, and whether calls still come to the classic group. */
export async function drainStage(
  stage: string,
  now: StageNow,
  { options, tools: { runOf, records, at }, group }: DrainTools,
): Promise<StageDrain> {
  const run = runOf(stage);
  const known = momentOf(records, run.unit, ALL_SWITCHED);
  const begun = known ?? at();
  if (known === undefined) await outcomeOf(recordMoment(run, ALL_SWITCHED));
  const { watch, keepAliveMs = KEEP_ALIVE_MS } = options;
  const periods = drainPeriods(now.names, keepAliveMs);
  const drainedAt = new Date(Date.parse(begun) + periods.drainMs).toISOString();
  const base = { stage, switchedAt: begun, drainedAt };
  if (group === undefined) return { ...base, classic: 'quiet', message: 'the classic group does not exist any more' };
  if (watch === undefined) return { ...base, ...quietOf(undefined, periods) };

  const last = { stage, gatewayId: now.gatewayId ?? '', share: 100, overMs: periods.quietMs };
  const look = ({ signal }: CallContext): Promise<Witness> => watch(last, signal);
  const seen = await outcomeOf(act({ run }, 'witness of the drain', look, { reads: true }));
  if (seen.ok) return { ...base, ...quietOf(seen.value.classic, periods) };

  const { message } = quietOf(undefined, periods);
  return { ...base, classic: 'unknown', message: `${message}: ${seen.error.message}` };
}

/** What the figures of the classic group say of a period. */
function quietOf(
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
