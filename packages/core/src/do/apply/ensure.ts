import type { CallContext } from '../../ground/calls/call-context.js';
import { throwIfAborted } from '../../ground/clocks/abort.js';
import type { Drivers } from '../context.js';
import { ERROR_CODES } from '../../ground/error-codes.js';
import { PosternError } from '../../ground/errors.js';
import type { LinkRef } from '../model/reference.js';
import type { Spec } from '../spec.js';
import { observeDraft } from '../observe/observe-spec.js';
import { placesOf, type ObservedPlace } from '../observe/places.js';
import { draftPlan } from '../plan/diff.js';
import { refusePurchases } from '../plan/guard/purchases.js';
import { partOf } from '../plan/only/part-of.js';
import type { Plan } from '../plan/plan.js';
import type { EventError, RunEvent } from './events.js';
import { execute } from './execute.js';
import type { Journal } from './journal.js';
import type { LinkWatches } from './link-watch.js';

/** The spec is a part of a project: what it does not declare stays. */
const PLAN = { prune: false } as const;

/**
 * Applies a spec that names only a part of a project, and changes nothing else: the same reading, plan and
 * units as `apply`, in one call. Returns the spec's links.
 * @throws {PosternError} the error of the first step that failed; all errors of reading and planning.
 */
export async function ensure(
  spec: Spec,
  options: CallTools & {
    readonly allowPurchase?: boolean | undefined;
    /** Called with each note of the plan. */
    readonly onNote?: ((note: string) => void) | undefined;
  },
): Promise<ReadonlyMap<string, LinkRef>> {
  const { drivers, context } = options;
  const { signal = new AbortController().signal } = context;
  throwIfAborted('ensure', signal);
  const part = partOf(spec, PLAN);
  const places = await placesOf(part.read, drivers, context, []);
  const { snapshot, draft } = await observeDraft(part, places, context, { plan: PLAN });
  const { plan, links } = draft ?? draftPlan(snapshot, part, PLAN);
  for (const note of plan.notes) options.onNote?.(note);
  if (plan.units.length === 0) return links;
  if (options.allowPurchase !== true) refusePurchases(plan);
  return new Map([...links, ...(await carryOut(plan, spec, places.places, options))]);
}

/** With what the plan of one call is made and carried out. */
export interface CallTools {
  readonly drivers: Drivers;
  readonly context: CallContext;
  readonly journal: Journal;
  /** Shared, so that links that are ensured side by side wait with one poll. */
  readonly watches: LinkWatches;
  /** Called with each event of the run. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

/** Carries out the plan of one call. Returns the links that it made. @throws {PosternError} the error of the first step that failed. */
export async function carryOut(
  plan: Plan,
  spec: Spec,
  places: readonly ObservedPlace[],
  { context, journal, watches, onEvent }: CallTools,
): Promise<ReadonlyMap<string, LinkRef>> {
  const { signal = new AbortController().signal } = context;
  let failed: EventError | undefined;
  const emit = (event: RunEvent): void => {
    if (event.type === 'step.failed') failed ??= event.error;
    onEvent?.(event);
  };
  const executed = await execute(plan, spec, { places, context, journal, maxParallel: 1, signal, emit, watches });
  if (failed !== undefined) throw asError(failed);
  throwIfAborted('ensure', signal);
  return executed;
}

function asError({ code, message, remedy, operation, requestId }: EventError): PosternError {
  const known = Object.hasOwn(ERROR_CODES, code) ? code : 'INTERNAL';
  return new PosternError(known, message, { remedy, details: { operation, requestId } });
}

/**
 * Holds a journal's lock as long as any caller in this process uses it: concurrent calls in one process are
 * one writer. A caller that comes while the lock is being released takes it after that.
 */
export function sharedLock(journal: Journal): <T>(work: () => Promise<T>) => Promise<T> {
  let holders = 0;
  let lock: ReturnType<Journal['lock']> | undefined;
  let released: Promise<unknown> | undefined;
  return async (work) => {
    holders += 1;
    lock ??= released === undefined ? journal.lock() : released.then(() => journal.lock());
    const held = lock;
    try {
      await held;
      return await work();
    } finally {
      holders -= 1;
      if (holders === 0) {
        lock = undefined;
        const ending = held.then(
          ({ release }) => release(),
          () => undefined, // it was never held, and `work` has reported why
        );
        released = ending.catch(() => undefined); // this caller reports why
        await ending;
      }
    }
  };
}
