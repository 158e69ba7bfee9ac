import type { CallContext } from '../../ground/calls/call-context.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import { observeDraft, plannedFrom, type Drafted } from '../observe/observe-spec.js';
import { type Places, placesOf } from '../observe/places.js';
import { planDestroy } from '../plan/destroy.js';
import { comparable, fingerprint } from '../plan/finish-plan.js';
import { planForget } from '../plan/forget.js';
import { type SpecPart, partOf } from '../plan/only/part-of.js';
import type { Plan, PlanGoal, PlanOptions, Step, Unit } from '../plan/plan.js';
import { inputOf } from '../plan/step-input.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Link } from '../model/link.js';
import type { LinkRef } from '../model/reference.js';
import type { Target } from '../model/target.js';
import { requireComplete } from '../world/resolve/problems.js';
import type { Drivers } from '../context.js';
import type { OnClouds } from '../kinds/cloud/clouds.js';
import type { Spec } from '../spec.js';

/** The remedy where the state has changed since a plan. */
export const PLAN_AGAIN = 'Plan again, review the new plan, and apply it.';

const PLANNERS: Readonly<Record<PlanGoal, (drafted: Drafted, part: SpecPart, options?: PlanOptions) => Plan>> = {
  apply: plannedFrom,
  destroy: ({ snapshot }, { whole, clouds }, options) => planDestroy(snapshot, whole, { ...options, clouds }),
  forget: ({ snapshot }, { whole, clouds }, options) => planForget(snapshot, whole, { ...options, clouds }),
};

/** The places that an earlier plan was computed from. */
export function placesOfPlan(plan: Plan, { read }: SpecPart, drivers: Drivers, ctx: CallContext): Promise<Places> {
  return placesOf(read, drivers, ctx, plan.unread ?? [], plan.options?.elsewhere);
}

/** A plan, and the state that it was computed from. */
export interface PlanNow {
  readonly fresh: Plan;
  readonly snapshot: Snapshot;
}

/** The plan of now, with the goal and options of an earlier one. @throws {PosternError} `WORLD_MOVED` where the spec does not fit any more */
export async function planAgain(
  { goal, options }: Plan,
  part: SpecPart,
  places: Places,
  context: CallContext,
  checks: boolean,
): Promise<PlanNow> {
  const drafted = await observeDraft(part, places, context, { all: options?.all, checks, plan: options ?? {} });
  try {
    return { fresh: PLANNERS[goal](drafted, part, options), snapshot: drafted.snapshot };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;

    throw moved(`the spec does not match the current state: ${error.message}`, { cause: error, code: error.code });
  }
}

/** As {@link planAgain}, which must have the steps of the earlier one. @throws {PosternError} `WORLD_MOVED` */
export async function computeAgain(plan: Plan, part: SpecPart, places: Places, context: CallContext): Promise<PlanNow> {
  const checks = plan.goal === 'apply'; // in the same observation
  const { fresh, snapshot } = await planAgain(plan, part, places, context, checks);
  // Of this project, for these accounts and regions, and as it was computed.
  const isWhole = plan.fingerprint === fingerprint(fresh.project, fresh.goal, snapshot, plan.units);
  if (isWhole && fresh.project === plan.project && sameUnits(fresh, plan)) return { fresh, snapshot };

  const before = stepsOf(plan);
  const now = stepsOf(fresh);
  const added = [...now.keys()].filter((id) => !before.has(id));
  const removed = [...before.keys()].filter((id) => !now.has(id));
  const changed = [...now.keys()].filter((id) => before.has(id) && before.get(id) !== now.get(id));
  const changes = [
    ...added.map((id) => `${id} is also needed`),
    ...removed.map((id) => `${id} is not needed`),
    ...changed.map((id) => `${id} now has a different effect`),
  ];
  const why =
    changes.length === 0 ? 'it was computed for another project, account or region' : changes.slice(0, 5).join('; ');
  throw moved(`the plan does not match the current state: ${why}`, { details: { added, removed, changed } });
}

function moved(
  message: string,
  options: { cause?: unknown; code?: string; details?: Record<string, Json> },
): PosternError {
  const { cause, code, details } = options;
  return new PosternError('WORLD_MOVED', `apply: ${message}`, {
    cause,
    details: details ?? { code },
    remedy: PLAN_AGAIN,
  });
}

/**
 * Whether two plans have the same changes. They may differ in whether a link must still be awaited, because a link
 * becomes ready without a change. They may differ in the text of a reason, because another version wrote it.
 */
function sameUnits(a: Plan, b: Plan): boolean {
  return canonicalJson(comparable(changesOf(a))) === canonicalJson(comparable(changesOf(b)));
}

function changesOf({ units }: Plan): readonly Unit[] {
  const changing = units
    .map((unit) => ({
      ...unit,
      steps: unit.steps.filter((step) => !isWait(step)).map((step) => ({ ...step, reason: '' })),
    }))
    .filter(({ steps }) => steps.length > 0);
  const ids = new Set(changing.map(({ id }) => id));
  return changing.map((unit) => ({ ...unit, dependsOn: unit.dependsOn.filter((id) => ids.has(id)) }));
}

/** Whether a step waits for a link and changes nothing. */
function isWait(step: Step): boolean {
  return step.kind === 'adopt' && step.resource.type === 'link' && !('tags' in inputOf(step, 'adopt link'));
}

function stepsOf({ units }: Plan): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id: unit, steps } of units) {
    for (const step of steps) texts.set(`${unit}: ${(step as Step).id}`, canonicalJson(step));
  }
  return texts;
}

/** When the state was read that a plan was computed from, on the clock that only goes forward. */
export interface PlanReading extends PlanNow {
  readonly atMs: number;
}

/**
 * Whether a plan made now still has a step that takes something away, and nothing that must come before it. What another run has
 * deleted, or is deleting, is a yes: there is nothing to do but to wait for the end of it.
 */
export type StillPlanned = (step: Step, ctx: CallContext) => Promise<'yes' | 'not yet'>;

/** Steps that begin within this time after a reading are judged by it, in milliseconds. */
const FRESH_MS = 10_000;

/**
 * What a step asks that deletes or narrows, at the end of its wait: minutes have passed since the plan, and callers may have come.
 * The planner answers, so that whoever keeps a link in a plan keeps it here. No cloud deletes on a condition: a caller that comes
 * between the answer and the deletion is not seen. Steps that ask at the same time share one reading.
 * @throws {PosternError} where the step is not planned any more: `STILL_REFERENCED` with the planner's reason, else `WORLD_MOVED`.
 */
export function stillPlanned(planNow: (ctx: CallContext) => Promise<PlanNow>, first?: PlanReading): StillPlanned {
  let latest = first;
  let pending: Promise<PlanNow> | undefined;
  return async (step, ctx) => {
    const atMs = ctx.clock.monotonicMs();
    // What had to change first may have changed since.
    if (latest !== undefined && atMs - latest.atMs <= FRESH_MS && answerOf(latest, step) === 'yes') return 'yes';

    pending ??= planNow(ctx).finally(() => (pending = undefined));
    latest = { atMs, ...(await pending) };
    return answerOf(latest, step);
  };
}

function answerOf({ fresh: plan, snapshot }: PlanNow, step: Step): 'yes' | 'not yet' {
  const wanted = effectOf(step);
  for (const { steps, dependsOn } of plan.units) {
    const at = steps.findIndex((one) => effectOf(one) === wanted);
    if (at === -1) continue;

    const before = plan.units.filter(({ id }) => dependsOn.includes(id)).flatMap((unit) => unit.steps);
    return [...before, ...steps.slice(0, at)].some(leadsCalls) ? 'not yet' : 'yes';
  }
  const { type, name, id = name } = step.resource;
  const { linkRef } = step.input as { readonly linkRef?: LinkRef };
  const ids = [id, ...(linkRef === undefined ? [] : [linkRef.id])];
  const why = plan.notes.find((note) => ids.some((one) => note.includes(one)));
  if (why !== undefined) throw new PosternError('STILL_REFERENCED', why, { remedy: PLAN_AGAIN });

  if (isGone(step, snapshot)) return 'yes';

  throw new PosternError('WORLD_MOVED', `a plan made now does not have this step: ${step.kind} ${type} ${id}`, {
    remedy: PLAN_AGAIN,
  });
}

/** @throws {CloudError} the code of a gap in the list that would show it */
function isGone({ kind, resource: { type }, input }: Step, { regions }: Snapshot): boolean {
  if (kind !== 'delete' || (type !== 'link' && type !== 'target')) return false;

  const { linkRef, targetId } = input as { readonly linkRef?: LinkRef; readonly targetId?: string };
  const id = targetId ?? linkRef?.id;
  const list = `${type}s` as const;
  for (const region of regions) requireComplete(region, list);
  const shown = regions.flatMap((region): readonly (Link | Target)[] => region[list]);
  return !shown.some((one) => one.id === id && !('state' in one && one.state === 'deleting'));
}

/**
 * Routes and their deployments decide what is called: while one of them has to change, the former state may still be used. An
 * integration without routes is not called.
 */
function leadsCalls({ resource: { type }, kind, input }: Step): boolean {
  return kind === 'deploy' || (type === 'route' && kind !== 'tag' && 'key' in (input as object));
}

/** What a step takes away, without what may differ between two plans of it. */
function effectOf({ kind, resource: { type, id }, input }: Step): string {
  const list = type === 'allowlist' ? id : undefined; // that of a link which replaces another one is also that one's
  const { linkRef = null, targetId = null, entries = null } = input as Readonly<Record<string, Json>>;
  return canonicalJson([kind, type, targetId ?? list ?? linkRef, entries]);
}

/**
 * Refuses a plan that does not fit the current state any more, as `apply` does before its first step: for an engine that waited for
 * an approval since. @throws {PosternError} `WORLD_MOVED`
 */
export async function refuseMoved(
  plan: Plan,
  spec: Spec,
  { clouds, drivers }: OnClouds & { readonly drivers: Drivers },
  ctx: CallContext,
): Promise<void> {
  const part = partOf(spec, clouds, plan.options ?? {});
  await computeAgain(plan, part, await placesOfPlan(plan, part, drivers, ctx), ctx);
}

/** What steps ask before they delete or narrow, by a plan that is computed when they ask. */
export function stillPlannedNow(
  plan: Plan,
  specOf: () => Promise<{ readonly spec: Spec } & OnClouds>,
  drivers: Drivers,
): StillPlanned {
  return stillPlanned(async (ctx) => {
    const { spec, clouds } = await specOf();
    const part = partOf(spec, clouds, plan.options ?? {});
    return planAgain(plan, part, await placesOfPlan(plan, part, drivers, ctx), ctx, false);
  });
}
