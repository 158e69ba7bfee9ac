import type { CallContext } from '../../ground/calls/call-context.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { throwIfAborted } from '../../ground/clocks/abort.js';
import type { Drivers } from '../context.js';
import { ERROR_CODES } from '../../ground/error-codes.js';
import { PosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import type { LinkRef } from '../model/reference.js';
import type { Spec } from '../spec.js';
import { observeDraft } from '../observe/observe-spec.js';
import { placesOf, type ObservedPlace } from '../observe/places.js';
import { draftPlan } from '../plan/diff.js';
import { refusePurchases } from '../plan/guard/purchases.js';
import { partOf } from '../plan/only/part-of.js';
import type { Plan, Step } from '../plan/plan.js';
import { stepKey, type EventError, type RunEvent } from './events.js';
import { execute } from './execute.js';
import type { Journal } from './journal.js';
import type { LinkWatches } from './link-watch.js';
import { readUntil } from './repeat.js';
import type { StillPlanned } from './plan-again.js';
import { reachOf, type Reach } from './reach.js';

/** The spec is a part of a project: what it does not declare stays. */
const PLAN = { prune: false } as const;

/** What the call of a part of a spec came to. */
export interface EnsuredPart {
  /** The spec's links, by name. */
  readonly links: ReadonlyMap<string, LinkRef>;
  /** The steps that were done, in the order of the plan; those that made something have its ID. */
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/** With what a part of a spec is applied. */
export interface EnsureTools extends CallTools {
  readonly allowPurchase?: boolean | undefined;
  /** Called with each note of the plan. */
  readonly onNote?: ((note: string) => void) | undefined;
  /** Called with the plan before anything is changed; it may refuse it. */
  readonly review?: ((plan: Plan) => void) | undefined;
}

/**
 * Applies a spec that names only a part of a project, and changes nothing else: the same reading, plan and
 * units as `apply`, in one call.
 * @throws {PosternError} the error of the first step that failed; all errors of reading and planning.
 */
export async function ensure(spec: Spec, options: EnsureTools): Promise<EnsuredPart> {
  const { drivers, clouds, context, unseenMs = 0 } = options;
  const part = partOf(spec, clouds, PLAN);
  const places = await placesOf(part.read, drivers, context, []);
  const read = async () => {
    const { snapshot, draft } = await observeDraft(part, places, context, { plan: PLAN });
    return { snapshot, ...(draft ?? draftPlan(snapshot, part, PLAN)) };
  };
  const { snapshot, plan, links } = await readUntil(read, (one) => one.plan.units.length > 0, unseenMs, context);
  options.review?.(plan);
  if (options.allowPurchase !== true) refusePurchases(plan);
  const { notes } = plan;
  for (const note of notes) options.onNote?.(note);
  if (plan.units.length === 0) return { links, steps: [], notes };

  // What the spec does not name stays: the record adds to what is known.
  const reach = { ...reachOf(plan, { snapshot, places: places.places, spec, clouds }, []), part: true } as const;
  const done = await carryOut(plan, spec, places.places, { ...options, reach });
  return { links: new Map([...links, ...done.links]), steps: done.steps, notes };
}

/** With what the plan of one call is made and carried out. */
export interface CallTools {
  readonly drivers: Drivers;
  readonly clouds: Clouds;
  readonly context: CallContext;
  readonly journal: Journal;
  /** Shared, so that links that are ensured side by side wait with one poll. */
  readonly watches: LinkWatches;
  /** How long reads may not show yet what its session wrote: until then one that shows nothing to do is no proof. In milliseconds. */
  readonly unseenMs?: number | undefined;
  /** Called with each event of the run. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Steps at once; by default one. */
  readonly maxParallel?: number | undefined;
}

/** What the run of one call has besides. */
interface CallRun extends CallTools {
  readonly reach?: Reach | undefined;
  readonly stillPlanned?: StillPlanned | undefined;
}

/** Carries out the plan of one call. @throws {PosternError} the error of the first step that failed; the others are `details.also`. */
export async function carryOut(
  plan: Plan,
  spec: Spec,
  places: readonly ObservedPlace[],
  { context, journal, watches, onEvent, maxParallel = 1, reach, stillPlanned }: CallRun,
): Promise<Pick<EnsuredPart, 'links' | 'steps'>> {
  const { signal = new AbortController().signal } = context;
  const failed: EventError[] = [];
  const ids = new Map<string, string>();
  const emit = (event: RunEvent): void => {
    if (event.type === 'step.failed') failed.push(event.error);
    if (event.type === 'step.done') addId(ids, stepKey(event), event.result);
    onEvent?.(event);
  };
  const execution = { places, context, journal, maxParallel, signal, emit, watches, reach, stillPlanned };
  const links = await execute(plan, spec, execution);
  const [first, ...others] = failed;
  if (first !== undefined) throw asError(first, others);

  throwIfAborted('ensure', signal);
  const steps = plan.units.flatMap((unit) =>
    unit.steps.map((step) => withId(step, ids.get(stepKey({ unit: unit.id, step: step.id })))),
  );
  return { links, steps };
}

function addId(ids: Map<string, string>, step: string, result: Json | undefined): void {
  const made = (result ?? {}) as { readonly [id in 'id' | 'linkId' | 'routeId']?: unknown };
  const id = made.id ?? made.routeId ?? made.linkId;
  if (typeof id === 'string') ids.set(step, id);
}

function withId(step: Step, id: string | undefined): Step {
  return id === undefined || step.resource.id !== undefined ? step : { ...step, resource: { ...step.resource, id } };
}

function asError(
  { code, message, remedy, operation, requestId }: EventError,
  others: readonly EventError[],
): PosternError {
  const known = Object.hasOwn(ERROR_CODES, code) ? code : 'INTERNAL';
  const also = others.map((one) => ({ code: one.code, message: one.message, remedy: one.remedy }));
  return new PosternError(known, message, {
    remedy,
    details: { operation, requestId, ...(also.length === 0 ? {} : { also }) },
  });
}
