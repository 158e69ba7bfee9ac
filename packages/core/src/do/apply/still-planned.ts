import type { CallContext } from '../../ground/calls/call-context.js';
import { PosternError } from '../../ground/errors.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { LinkRef } from '../model/reference.js';
import type { Plan, Step } from '../plan/plan.js';
import { PLAN_AGAIN } from './plan-again.js';

/** A plan, and when the state was read that it was made from, on the clock that only goes forward. */
export interface PlanReading {
  readonly atMs: number;
  readonly plan: Plan;
}

/** Whether a plan made now still has a step that takes something away, and nothing that must come before it. */
export type StillPlanned = (step: Step, ctx: CallContext) => Promise<'yes' | 'not yet'>;

/** Steps that begin within this time after a reading are judged by it, in milliseconds. */
const FRESH_MS = 10_000;

/**
 * What a step asks that deletes or narrows, at the end of its wait: minutes have passed since the plan, and callers may have come.
 * The planner answers, so that whoever keeps a link in a plan keeps it here. No cloud deletes on a condition: a caller that comes
 * between the answer and the deletion is not seen. Steps that ask at the same time share one reading.
 * @throws {PosternError} where the step is not planned any more: `STILL_REFERENCED` with the planner's reason, else `WORLD_MOVED`.
 */
export function stillPlanned(planNow: (ctx: CallContext) => Promise<Plan>, first: PlanReading): StillPlanned {
  let latest = first;
  let pending: Promise<Plan> | undefined;
  return async (step, ctx) => {
    const atMs = ctx.clock.monotonicMs();
    // What had to change first may have changed since.
    if (atMs - latest.atMs <= FRESH_MS && answerOf(latest.plan, step) === 'yes') return 'yes';
    pending ??= planNow(ctx).finally(() => (pending = undefined));
    const plan = await pending;
    latest = { atMs, plan };
    return answerOf(plan, step);
  };
}

function answerOf(plan: Plan, step: Step): 'yes' | 'not yet' {
  const wanted = effectOf(step);
  for (const { steps, dependsOn } of plan.units) {
    const at = steps.findIndex((one) => effectOf(one) === wanted);
    if (at === -1) continue;
    const before = plan.units.filter(({ id }) => dependsOn.includes(id)).flatMap((unit) => unit.steps);
    return [...before, ...steps.slice(0, at)].some(leadsCalls) ? 'not yet' : 'yes';
  }
  const { type, name, id = name } = step.resource;
  const { linkRef } = step.input as { readonly linkRef?: LinkRef };
  const ids = [id, linkRef?.id ?? ''].filter((one) => one !== '');
  const why = plan.notes.find((note) => ids.some((one) => note.includes(one)));
  if (why !== undefined) throw new PosternError('STILL_REFERENCED', why, { remedy: PLAN_AGAIN });
  throw new PosternError('WORLD_MOVED', `a plan made now does not have this step: ${step.kind} ${type} ${id}`, {
    remedy: PLAN_AGAIN,
  });
}

/**
 * Routes and their deployments decide what is called: while one of them has to change, the former state may still be used. An
 * integration without routes is not called.
 */
function leadsCalls({ resource: { type }, kind, input }: Step): boolean {
  return kind === 'deploy' || (type === 'route' && kind !== 'tag' && 'key' in (input as object));
}

/** What a step takes away, without what may differ between two plans of it: a target's link is found by the routes that lead there. */
function effectOf({ kind, resource: { type, id }, input }: Step): string {
  const list = type === 'allowlist' ? id : undefined; // that of a link which replaces another one is also that one's
  const { linkRef = null, targetId = null, entries = null } = input as Readonly<Record<string, Json>>;
  return canonicalJson([kind, type, targetId ?? list ?? linkRef, entries]);
}
