import { PosternError } from '@postern/core/internal/adapter';
import { createInSteps, pause, repeat, type StepProgress } from '@postern/core/internal/cloud';
import type { Run, StepError, StepOutcome } from '@postern/core/internal/engine';
import { stepOf } from './objects.js';
import type { FoundObject, HandoverDriver, HandoverKind, HandoverObject, HandoverPlace } from './driver.js';

/** What building one object needs. */
export interface BuildTools {
  readonly run: Run;
  readonly driver: HandoverDriver;
  readonly place: HandoverPlace;
  /** Whether gateways may be bought. */
  readonly allowPurchase: boolean;
  readonly report: StepProgress;
}

type Made = {
  readonly id: string;
  readonly created: boolean;
  readonly differs: readonly string[];
  readonly isOurs: boolean;
};

/** Looks for an object, and creates it where it is missing. What differs from the plan is refused. */
export async function createObject(
  object: HandoverObject,
  tools: BuildTools,
): Promise<StepOutcome<{ readonly id: string; readonly created: boolean }>> {
  const { run, driver, place, allowPurchase, report } = tools;
  const id = stepOf(object);
  let looks = 0;
  const outcome = await createInSteps<Made>(run, id, {
    what: id,
    stalenessMs: driver.stalenessMs,
    ...(object.kind === 'gateway' && 'purchase' in object.planned ? { lookMs: driver.stalenessMs } : {}),
    find: async (ctx) => asMade(await driver.find(object, place, ctx, (looks += 1) > 1)),
    create: async (ctx) => {
      if (object.kind === 'gateway') requireConsent(object.planned, allowPurchase);
      return { id: await driver.create(object, place, ctx), created: true, differs: [], isOurs: true };
    },
    onRetry: report.retried,
  });
  if (!outcome.ok) return outcome;

  const refusal = refusalOf(object, outcome.value);
  if (refusal !== undefined) return { ok: false, error: refusal };

  return { ok: true, value: { id: outcome.value.id, created: outcome.value.created } };
}

function asMade(found: FoundObject | undefined): Made | undefined {
  return found && { id: found.id, created: false, differs: [...found.differs], isOurs: found.isOurs };
}

function requireConsent(planned: Extract<HandoverObject, { kind: 'gateway' }>['planned'], isAllowed: boolean): void {
  if ('adopt' in planned) {
    throw new PosternError('NOT_FOUND', `gateway ${planned.adopt} does not exist`, {
      remedy: 'Plan the hand-over again with another target.',
    });
  }
  if (isAllowed) return;

  throw new PosternError('PURCHASE_NOT_ALLOWED', `the plan buys the gateway ${planned.purchase.name}`, {
    remedy: 'Allow it with `allowPurchase` (--allow-purchase), or plan with a gateway that exists.',
  });
}

/** A mark with other content was edited; without a mark it is of another owner, unless it is exactly as planned. */
function refusalOf(object: HandoverObject, { id, differs, isOurs }: Made): StepError | undefined {
  if (differs.length === 0 && (isOurs || SHARED.has(object.kind))) return undefined;

  const what = `${stepOf(object)} exists (${id})`;
  if (!isOurs) {
    const how =
      differs.length === 0 ? 'was not created by this hand-over' : `differs from the plan in ${differs.join(', ')}`;
    return {
      code: 'ALREADY_EXISTS',
      message: `${what} and ${how}`,
      remedy: 'Rename or delete it on the target, and run again.',
    };
  }

  return {
    code: 'WORLD_MOVED',
    message: `${what} and differs from the plan in ${differs.join(', ')}`,
    remedy: 'Delete it on the target and run again, or plan again where the plan is to change.',
  };
}

/** What others may have created: a domain and a consumer exist once in an account, also for several stages and hand-overs. */
const SHARED: ReadonlySet<HandoverKind> = new Set([
  'domain',
  'consumer',
  'rule',
  'authorization',
  'publication',
  'gateway',
]);

/** A gateway is created in two to three minutes, a route is published in seconds to a minute [I]. */
const WAITS: Partial<Record<HandoverKind, { readonly pollMs: number; readonly timeoutMs: number }>> = {
  gateway: { pollMs: 15_000, timeoutMs: 1_500_000 },
};
const WAIT = { pollMs: 2_000, timeoutMs: 300_000 };

/** Waits until an object is usable. */
export async function settleObject(
  object: HandoverObject,
  objectId: string,
  tools: BuildTools,
): Promise<StepOutcome<null>> {
  const { run, driver, place, report } = tools;
  const { pollMs, timeoutMs } = WAITS[object.kind] ?? WAIT;
  if (!SETTLED.has(object.kind)) return { ok: true, value: null };

  for (let waitedMs = 0, count = 1; ; waitedMs += pollMs, count += 1) {
    const id = `${stepOf(object)}: settle${count === 1 ? '' : ` ${count}`}`;
    const answer = await repeat(run, id, (ctx) => driver.settle(object, objectId, place, ctx), {
      onRetry: report.retried,
    });
    if (!answer.ok) return answer;
    if (answer.value === 'done') return { ok: true, value: null };
    if (waitedMs >= timeoutMs) {
      const message = `${stepOf(object)} is not ready after ${waitedMs / 1_000} s`;
      return { ok: false, error: { code: 'WAIT_TIMEOUT', message, remedy: 'Run again: it continues there.' } };
    }

    report.waiting(`waiting for ${stepOf(object)}`, waitedMs);
    const slept = await pause(run, `${id}: sleep`, pollMs);
    if (!slept.ok) return slept;
  }
}

/** Kinds that one call does not complete. */
const SETTLED: ReadonlySet<HandoverKind> = new Set(['gateway', 'service', 'publication']);
