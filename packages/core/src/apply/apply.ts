import type { CallContext } from '../calls/call-context.js';
import { aborted, onAbort } from '../clocks/abort.js';
import type { Drivers } from '../drivers.js';
import { InvalidInputError, PosternError } from '../errors.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import type { Spec } from '../model/spec.js';
import { observePlaces } from '../observe/observe-spec.js';
import { placesOf, type Places } from '../observe/places.js';
import { refuseAllRoutes } from '../plan/all-routes.js';
import { planDestroy } from '../plan/destroy.js';
import { diff } from '../plan/diff.js';
import { comparable, fingerprint, specOf } from '../plan/finish-plan.js';
import { PLAN_VERSION, type Plan, type Step, type Unit } from '../plan/plan.js';
import { eventQueue } from './event-queue.js';
import type { RunEvent } from './events.js';
import { execute } from './execute.js';
import { inputOf, type AwaitLinkInput, type TagLinkInput } from '../plan/step-input.js';
import { refusePurchases } from '../plan/purchases.js';
import type { Journal } from './journal.js';
import { memoryJournal } from './journal-memory.js';
import type { Runs } from './run.js';

/** What carrying out a plan needs, and may be told. */
export interface ApplyOptions {
  /** What the plan was computed from; may be left out where that was in this process. */
  readonly spec?: Spec | undefined;
  readonly drivers: Drivers;
  /** Its signal ends the run: the step under way is finished and recorded, nothing more is begun. */
  readonly context: CallContext;
  /** Default: one in memory. */
  readonly journal?: Journal | undefined;
  /** What units run behind; by default this process, with every step in the journal. */
  readonly runs?: Runs | undefined;
  /** How many steps may be under way at once; waiting links do not count. Default 64: the pace is what limits calls. */
  readonly maxParallel?: number | undefined;
  /** Whether what costs money may be bought: steps with a `purchase`. Without it a plan that has one is refused. */
  readonly allowPurchase?: boolean | undefined;
  /** Whether all live routes may be deleted because the spec declares none. Without it such a plan is refused. */
  readonly deleteAllRoutes?: boolean | undefined;
}

/** A step that waits for its turn holds a place, and creating a link waits 15 s for each that came before. */
const MAX_PARALLEL = 64;

/**
 * Carries out a plan, and tells what happens while it happens. A fresh observation comes first, and the plan is computed
 * again from it: what would be done now must be exactly what the plan says.
 *
 * Steps that fail are events, not exceptions: they stop only what needs them, and `run.done` counts them. A run that was
 * killed, aborted or in which steps failed is continued by planning and applying again: the cloud says what is true.
 * Regions that the plan left out because they could not be read stay left out; `run.done` names them.
 * @throws {PosternError} `PURCHASE_NOT_ALLOWED`, `DELETES_ALL_ROUTES`, `WORLD_MOVED`, `LOCKED`, `UNSUPPORTED_VERSION`; `ABORTED` after the last event; `JOURNAL_WRITE_FAILED` as
 *   soon as a record cannot be written, with nothing changed after it; what the account guard and observing reject with.
 */
export async function* apply(plan: Plan, options: ApplyOptions): AsyncGenerator<RunEvent, void, undefined> {
  const { context, journal = memoryJournal(), maxParallel = MAX_PARALLEL } = options;
  const { signal } = context;
  const spec = options.spec ?? specOf(plan);
  if (spec === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'apply: the spec of this plan is not known here', {
      remedy: 'Pass the spec that the plan was computed from.',
    });
  }
  if (plan.version !== PLAN_VERSION) {
    throw new PosternError(
      'UNSUPPORTED_VERSION',
      `apply: the plan has version ${String(plan.version)}, not ${PLAN_VERSION}`,
      {
        remedy: 'Compute the plan again with this version.',
      },
    );
  }
  if (signal?.aborted) throw aborted('apply', signal);
  if (options.allowPurchase !== true) refusePurchases(plan);
  if (options.deleteAllRoutes !== true) refuseAllRoutes(plan, spec);
  const lock = await journal.lock();
  const stop = new AbortController();
  const deaf = onAbort(signal, () => stop.abort(signal?.reason));
  try {
    const places = await placesOf(spec, options.drivers, context, plan.unread ?? []);
    const fresh = await computeAgain(plan, spec, places, context);
    const events = eventQueue<RunEvent>();
    const running = execute(fresh, spec, {
      places: places.places,
      context,
      journal,
      maxParallel,
      runs: options.runs,
      signal: stop.signal,
      emit: (event) => events.push(event),
    }).then(
      () => events.close(),
      (error: unknown) => events.close(error),
    );
    try {
      yield* events;
    } finally {
      // Whoever stops listening stops the run: the step under way is finished and recorded all the same.
      stop.abort(new PosternError('ABORTED', 'apply: nobody listens any more'));
      await running;
    }
    if (signal?.aborted) throw aborted('apply', signal);
  } finally {
    deaf();
    await lock.release();
  }
}

async function computeAgain(plan: Plan, spec: Spec, places: Places, context: CallContext): Promise<Plan> {
  const snapshot = await observePlaces(spec, places, context, { all: plan.options?.all, plan: plan.options });
  let fresh: Plan;
  try {
    fresh = plan.goal === 'destroy' ? planDestroy(snapshot, spec, plan.options) : diff(snapshot, spec, plan.options);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw moved(`the spec no longer fits what is there: ${error.message}`, { cause: error, code: error.code });
  }
  // Of this project, for these accounts and regions, and as it was computed.
  const isWhole = plan.fingerprint === fingerprint(fresh.project, fresh.goal, snapshot, plan.units);
  if (isWhole && fresh.project === plan.project && sameUnits(fresh, plan)) return fresh;
  const before = stepsOf(plan);
  const now = stepsOf(fresh);
  const added = [...now.keys()].filter((id) => !before.has(id));
  const removed = [...before.keys()].filter((id) => !now.has(id));
  const changed = [...now.keys()].filter((id) => before.has(id) && before.get(id) !== now.get(id));
  const told = [
    ...added.map((id) => `${id} is needed, too`),
    ...removed.map((id) => `${id} is not needed any more`),
    ...changed.map((id) => `${id} would do something else`),
  ];
  const why = told.length === 0 ? 'it was made for another project, account or region' : told.slice(0, 5).join('; ');
  throw moved(`the plan is not what would be done now: ${why}`, { details: { added, removed, changed } });
}

function moved(
  message: string,
  options: { cause?: unknown; code?: string; details?: Record<string, Json> },
): PosternError {
  const { cause, code, details } = options;
  return new PosternError('WORLD_MOVED', `apply: ${message}`, {
    cause,
    details: details ?? { code },
    remedy: 'Plan again, look at the new plan, and apply that.',
  });
}

/**
 * Whether two plans change the same. Whether a link has yet to be awaited may differ: it becomes ready by itself. So may the words of a
 * reason: another version wrote them.
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
  return step.kind === 'adopt' && !('tags' in inputOf<AwaitLinkInput | TagLinkInput>(step));
}

function stepsOf({ units }: Plan): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id: unit, steps } of units) {
    for (const step of steps) texts.set(`${unit}: ${(step as Step).id}`, canonicalJson(step as unknown as Json));
  }
  return texts;
}
