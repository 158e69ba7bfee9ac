import type { CallContext } from '../../ground/calls/call-context.js';
import type { Drivers } from '../drivers.js';
import type { Spec } from '../spec.js';
import { placesOf } from '../observe/places.js';
import { partOf } from '../plan/only/part-of.js';
import type { Plan } from '../plan/plan.js';
import { computeAgain, planAgain, stillPlanned, type StillPlanned } from './plan-again.js';

/**
 * Refuses a plan that does not fit the current state any more, as `apply` does before its first step: for an engine that waited for
 * an approval since. @throws {PosternError} `WORLD_MOVED`
 */
export async function refuseMoved(plan: Plan, spec: Spec, drivers: Drivers, ctx: CallContext): Promise<void> {
  const part = partOf(spec, plan.options ?? {});
  await computeAgain(plan, part, await placesOf(part.read, drivers, ctx, plan.unread ?? []), ctx);
}

/** What steps ask before they delete or narrow, by a plan that is computed when they ask. */
export function stillPlannedNow(plan: Plan, specOf: () => Promise<Spec>, drivers: Drivers): StillPlanned {
  const planNow = async (ctx: CallContext): Promise<Plan> => {
    const part = partOf(await specOf(), plan.options ?? {});
    const places = await placesOf(part.read, drivers, ctx, plan.unread ?? []);
    return (await planAgain(plan, part, places, ctx, false)).fresh;
  };
  return stillPlanned(planNow, { atMs: Number.NEGATIVE_INFINITY, plan });
}
