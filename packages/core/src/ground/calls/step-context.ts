import { aborted, onAbort, throwIfAborted } from '../clocks/abort.js';
import type { CallContext, Trace } from './call-context.js';

/**
 * How long the calls of a step that has begun go on after an abort, in milliseconds. A step's calls end in seconds, unless the cloud
 * limits their rate.
 */
export const FINISH_MS = 60_000;

/** The context of one step; `end` when the step has ended. */
export interface StepContext {
  readonly context: CallContext;
  readonly end: () => void;
}

/**
 * The context of a step that consists of several calls. An abort ends it before its first call that changes something. After that call
 * the step is finished, because half of it may block others (a method without its integration): turns and waits between its calls are
 * aborted only after a minute. Waits for a state end at once, and a call that was sent is never aborted.
 */
export function stepContext(context: CallContext, signal: AbortSignal | undefined): StepContext {
  const { clock, pace } = context;
  const stop = new AbortController();
  const over = new AbortController();
  let hasBegun = false;
  const deaf = onAbort(signal, () => {
    const end = (): void => stop.abort(signal?.reason);
    if (!hasBegun) return end();

    clock.sleep(FINISH_MS, over.signal).then(end, () => undefined); // the step may end before
  });
  const ending = (doing: string, by: AbortSignal) => (error: unknown) => {
    throw by.aborted ? aborted(doing, by) : error;
  };
  return {
    context: {
      ...context,
      signal: undefined,
      ending: signal,
      unended: { clock, pace },
      trace: (start) => {
        hasBegun ||= start.kind !== 'read';
        return context.trace?.(start);
      },
      clock: { ...clock, sleep: (ms, by = stop.signal) => clock.sleep(ms, by).catch(ending('wait', by)) },
      pace: {
        slot: (key, limits) => pace.slot(key, limits, stop.signal).catch(ending(key.operation, stop.signal)),
        slowDown: (key, retryAfterMs) => pace.slowDown(key, retryAfterMs),
      },
    },
    end: () => {
      deaf();
      over.abort('the step has ended'); // without a reason, an exception with a stack is made: a tenth of the time of a worker of fleets [M]
    },
  };
}

/**
 * The context of a call that completes the one before it, where half of the two blocks others: a method without its integration. Its turn
 * and its retries are waited for after an abort, also for longer than a minute.
 */
export function toItsEnd(ctx: CallContext): CallContext {
  return { ...ctx, ...ctx.unended };
}

/** Does `work` as one step, for functions that make their changes without a run. `doing` names it in the error of an abort. */
export async function asStep<T>(ctx: CallContext, doing: string, work: (ctx: CallContext) => Promise<T>): Promise<T> {
  throwIfAborted(doing, ctx.signal);
  const { context, end } = stepContext(ctx, ctx.signal);
  try {
    return await work(context);
  } finally {
    end();
  }
}

/** Attempts of cloud calls, by service and operation: `{ "apigatewayv2 CreateVpcLink": 1 }`. */
export type CallCounts = Readonly<Record<string, number>>;

/** A context that counts the attempts of the calls made with it, the counts until now, by name, and whether a change was accepted. */
export function countCalls(context: CallContext): {
  readonly context: CallContext;
  readonly counts: () => CallCounts;
  readonly hasChanged: () => boolean;
} {
  const counts = new Map<string, number>();
  let hasChanged = false;
  const trace: Trace = (start) => {
    const name = `${start.service} ${start.operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const ended = context.trace?.(start);
    return (end) => {
      hasChanged ||= start.kind !== 'read' && end.error === undefined;
      ended?.(end);
    };
  };
  return { context: { ...context, trace }, counts: () => byName(counts), hasChanged: () => hasChanged };
}

/** The sum of several counts, ordered by name. */
export function addCounts(all: readonly CallCounts[]): CallCounts {
  const sums = new Map<string, number>();
  for (const [name, calls] of all.flatMap((counts) => Object.entries(counts))) {
    sums.set(name, (sums.get(name) ?? 0) + calls);
  }
  return byName(sums);
}

/** By default texts are sorted by their code units. Each step of a run is counted, and most make few calls. */
function byName(counts: ReadonlyMap<string, number>): CallCounts {
  const sorted: Record<string, number> = {};
  for (const name of [...counts.keys()].sort()) sorted[name] = counts.get(name) ?? 0;
  return sorted;
}
