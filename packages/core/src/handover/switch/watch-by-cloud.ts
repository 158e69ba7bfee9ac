import type { CallContext } from '../../ground/calls/call-context.js';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { GatewayCalls, WatchCalls } from './witness.js';

/** A period, in milliseconds since the epoch. */
export interface FigurePeriod {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the cloud counts of calls. What it does not count is missing. */
export interface HandoverFigures {
  /** Calls of a group on a stage: of these APIs to the call, or of all of them as rates that the service rounds. */
  readonly classic: (
    of: { readonly groupId: string; readonly stage: string; readonly apiIds?: readonly string[] | undefined },
    period: FigurePeriod,
    ctx: CallContext,
  ) => Promise<GatewayCalls>;
}

/**
 * A witness by the cloud's own figures: which calls come to the classic group. What the target answers is not counted by an operation
 * of the cloud, so that its errors need another witness.
 * @param exact counts the calls of each API of the plan, with one call of the cloud for each; else of the group, rounded
 */
export function watchByCloud(
  plan: Pick<HandoverPlan, 'group' | 'stages'>,
  { figures }: { readonly figures: HandoverFigures },
  { context, exact = false }: { readonly context: CallContext; readonly exact?: boolean | undefined },
): WatchCalls {
  return async ({ stage, overMs }, signal) => {
    const toMs = context.clock.now();
    const planned = plan.stages.find((one) => one.stage === stage);
    const apiIds = exact ? (planned?.routes ?? []).map(({ apiId }) => apiId) : undefined;
    const of = { groupId: plan.group.id, stage, apiIds };
    return {
      classic: await figures.classic(of, { fromMs: toMs - overMs, toMs }, { ...context, signal }),
      target: {},
    };
  };
}
