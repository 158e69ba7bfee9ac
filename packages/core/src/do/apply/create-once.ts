import type { CallContext } from '../../ground/calls/call-context.js';
import { exhaust } from '../../ground/calls/retry.js';
import { aborted, throwIfAborted } from '../../ground/clocks/abort.js';
import { CloudError, isPosternError } from '../../ground/errors.js';
import {
  abortedUnknown,
  creation,
  outcomeUnknown,
  creationRefusal,
  type CreationAnswer,
  type Ask,
  type CreationOptions,
  type Ending,
} from './creation.js';

/** The functions to find one resource, create it, and find it again. */
export interface CreateOnceOptions<T> extends CreationOptions {
  /** Finds a managed resource by its mark. */
  readonly find: () => Promise<T | undefined>;
  /** Creates it: one call, not repeated below. */
  readonly create: () => Promise<T>;
  readonly ctx: CallContext;
  /** Called before every wait. */
  readonly onRetry?:
    ((retry: { readonly attempt: number; readonly message: string; readonly error: CloudError }) => void) | undefined;
}

/**
 * Makes sure that a managed resource exists, and never creates it twice: see `creation`. Where that cannot be
 * determined, it fails with `OUTCOME_UNKNOWN`, and the next run looks first. It sleeps on `ctx.clock`, and is meant
 * for single calls outside of a run. Units use `createInSteps`.
 * @throws {CloudError} `OUTCOME_UNKNOWN`; `ABORTED`; the create's own error when it was certainly refused.
 */
export async function createOnce<T>(options: CreateOnceOptions<T>): Promise<T> {
  const { onRetry, ctx } = options;
  const steps = creation<T, unknown>({
    ...options,
    again: ctx.again,
    onRetry: (attempt, message, error) => onRetry?.({ attempt, message, error: error as CloudError }),
  });
  let next = steps.next();
  while (next.done !== true) next = steps.next(await answerTo(next.value, options));
  return valueOf(next.value, options);
}

async function answerTo<T>(
  ask: Ask,
  { what, find, create, ctx }: CreateOnceOptions<T>,
): Promise<CreationAnswer<T, unknown>> {
  if (ask.do === 'sleep') {
    return ctx.clock.sleep(ask.ms, ctx.signal).then(
      () => ({ slept: true }),
      (error: unknown) => {
        if (ctx.signal?.aborted !== true) throw error;

        return { slept: false };
      },
    );
  }

  let isSent = false;
  try {
    const found = ask.do === 'look' || ask.look ? await find() : undefined;
    if (found !== undefined) return { value: found };
    if (!ask.create) return { absent: true };

    throwIfAborted(what, ctx.signal);
    isSent = true;
    return { value: await create() };
  } catch (error) {
    const message = isPosternError(error) ? error.message : String(error);
    return { error, message, refusal: isSent ? creationRefusal(error, ctx.random()) : undefined };
  }
}

function valueOf<T>(ending: Ending<T, unknown>, options: CreateOnceOptions<T>): T {
  if ('value' in ending) return ending.value;
  if ('why' in ending) throw outcomeUnknown(options, ending.lost as CloudError, ending.why);
  if ('error' in ending) {
    throw ending.exhausted === true && ending.error instanceof CloudError ? exhaust(ending.error) : ending.error;
  }
  if (ending.lost !== undefined) throw abortedUnknown(options, ending.lost as CloudError);

  throw aborted(options.what, options.ctx.signal);
}
