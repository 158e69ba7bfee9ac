import type { CallContext } from '../../ground/calls/call-context.js';
import { aborted } from '../../ground/clocks/abort.js';
import { isPosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import {
  abortedUnknown,
  creation,
  outcomeUnknown,
  creationRefusal,
  type CreationAnswer,
  type Ask,
  type CreationOptions,
  type Ending,
  type CreationRefusal,
} from './creation.js';
import { pause, stepError } from './outcome.js';
import type { StepOutcome, StepError, Run, StepAttempt, StepOptions } from './run.js';

/** How a unit creates one resource. */
export interface CreateInStepsOptions<T extends Json> extends CreationOptions {
  /** Finds the resource that carries the mark. */
  readonly find: (ctx: CallContext) => Promise<T | undefined>;
  /** Creates it: one call, not repeated below. `resumes`: an earlier try, also of another process, may have ended in the middle. */
  readonly create: (ctx: CallContext, resumes: boolean) => Promise<T>;
  readonly onRetry?: ((retry: { attempt: number; message: string; error: StepError }) => void) | undefined;
  readonly exclusive?: string | undefined;
}

/**
 * The recorded value: `null` for a missing resource. Where that cannot be determined yet, the step fails with
 * an unknown outcome.
 */
type Recorded<T extends Json> =
  | { readonly ok: true; readonly value: T | null }
  | {
      readonly ok: false;
      readonly error: StepError;
      readonly absent?: true;
      readonly refusal?: CreationRefusal;
    };

/**
 * As `createOnce`, on `Run`: every look and every try is a step, and the time between them is `run.sleep`. After a try
 * that a former process may have started, it creates only once lists must show the result of that try.
 */
export async function createInSteps<T extends Json>(
  run: Run,
  id: string,
  options: CreateInStepsOptions<T>,
): Promise<StepOutcome<T>> {
  const { onRetry } = options;
  const steps = creation<T, StepError>({
    ...options,
    onRetry: (attempt, message, error) => onRetry?.({ attempt, message, error }),
  });
  let tried = false;
  let next = steps.next();
  while (next.done !== true) {
    const answer: CreationAnswer<T, StepError> = await answerTo(next.value, run, id, options, tried);
    tried = true; // An answer after which it is tried again is that of a try, or of looking for what one may have created.
    next = steps.next(answer);
  }
  return outcomeOf(next.value, options);
}

async function answerTo<T extends Json>(
  ask: Ask,
  run: Run,
  id: string,
  options: CreateInStepsOptions<T>,
  tried: boolean,
): Promise<CreationAnswer<T, StepError>> {
  const { part } = ask;
  if (ask.do === 'sleep') {
    const { ok } = await pause(run, `${id}: ${ask.part}`, ask.ms);
    return { slept: ok };
  }

  const how: StepOptions = { part, exclusive: options.exclusive, needsAgain: ask.do === 'try' };
  const step = run.step<Recorded<T>>(id, (ctx, attempt) => effectOf(ask, options, ctx, attempt, tried), how);
  // An abort between two parts ends this step of the plan; before the first one it ends the unit.
  const recorded = await (part === undefined ? step : step.catch(abortedIn));
  if (recorded === 'aborted') return { slept: false };
  if (recorded.ok) return recorded.value === null ? { absent: true } : { value: recorded.value };

  const { error, absent, refusal } = recorded;
  return absent === true ? { absent } : { error, message: error.message, refusal };
}

function abortedIn(error: unknown): 'aborted' {
  if (!isPosternError(error, 'ABORTED')) throw error;

  return 'aborted';
}

async function effectOf<T extends Json>(
  ask: Exclude<Ask, { do: 'sleep' }>,
  { what, find, create, isUnique = false }: CreateInStepsOptions<T>,
  ctx: CallContext,
  { again }: StepAttempt,
  tried: boolean,
): Promise<Recorded<T>> {
  const mayBeThere = ask.do === 'look' || again;
  let isSent = false;
  try {
    const found = mayBeThere || ask.look ? await find(ctx) : undefined;
    if (found !== undefined) return { ok: true, value: found };
    if (ask.do === 'look') return ask.settles ? { ok: true, value: null } : notListed(what);
    // Of what the service refuses to create twice, it says itself whether it exists.
    if (again && !isUnique) return notListed(what);
    if (!ask.create) return { ok: true, value: null };

    isSent = true;
    return { ok: true, value: await create(ctx, tried || again) };
  } catch (error) {
    const failed = stepError(error);
    if (!isSent) return { ok: false, error: mayBeThere ? { ...failed, outcomeUnknown: true } : failed };

    const refusal = creationRefusal(error, ctx.random());
    const isOpen = refusal.unsure || refusal.code === 'THROTTLED';
    return { ok: false, error: isOpen ? { ...failed, outcomeUnknown: true } : failed, refusal };
  }
}

/** Whether it exists cannot be determined yet. */
function notListed(what: string): Recorded<never> {
  const message = `lists do not show ${what} yet`;
  return { ok: false, error: { code: 'OUTCOME_UNKNOWN', message, outcomeUnknown: true }, absent: true };
}

function outcomeOf<T extends Json>(ending: Ending<T, StepError>, options: CreationOptions): StepOutcome<T> {
  if ('value' in ending) return { ok: true, value: ending.value };
  if ('why' in ending) return { ok: false, error: stepError(outcomeUnknown(options, ending.lost, ending.why)) };
  if ('error' in ending) {
    return { ok: false, error: ending.exhausted === true ? { ...ending.error, exhausted: true } : ending.error };
  }
  if (ending.lost !== undefined) return { ok: false, error: stepError(abortedUnknown(options, ending.lost)) };

  return { ok: false, error: stepError(aborted(options.what, undefined)) };
}
