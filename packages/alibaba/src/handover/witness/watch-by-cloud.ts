import type { CallContext } from '@postern/core';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { HandoverFigures } from '../switch/figures.js';
import type { WatchCalls } from '../switch/witness.js';

/**
 * A witness by the cloud's own figures: how many calls come to the classic group, and what callers do at the target. What the target
 * answers is not counted by an operation of the cloud, so that its errors need another witness. Figures of the target that cannot be
 * read are not known, and fail nothing.
 * @param exact counts the calls of each API of the plan, with one call of the cloud for each, and leaves the target out; else of the
 * group, rounded
 */
export function watchByCloud(
  plan: Pick<HandoverPlan, 'group' | 'stages'>,
  { figures }: { readonly figures: HandoverFigures },
  { context, exact = false }: { readonly context: CallContext; readonly exact?: boolean | undefined },
): WatchCalls {
  return async ({ stage, gatewayId, overMs }, signal) => {
    const toMs = context.clock.now();
    const planned = plan.stages.find((one) => one.stage === stage);
    const apiIds = exact ? (planned?.routes ?? []).map(({ apiId }) => apiId) : undefined;
    const of = { groupId: plan.group.id, stage, apiIds };
    const ctx = { ...context, signal };
    const [classic, target] = await Promise.all([
      figures.classic(of, { fromMs: toMs - overMs, toMs }, ctx),
      exact ? {} : figures.target(gatewayId, toMs, ctx).catch(() => ({})),
    ]);
    signal?.throwIfAborted();
    return { classic, target };
  };
}
