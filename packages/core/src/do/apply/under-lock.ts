import type { CallContext } from '../../ground/calls/call-context.js';
import { aborted, onAbort } from '../../ground/clocks/abort.js';
import { refuseAborted } from '../forms/check-argument.js';
import { PosternError } from '../../ground/errors.js';
import { eventQueue } from './events.js';
import type { Journal } from './journal.js';
import { afterLateWrites, type Awaiting } from './late-writes.js';
import { takeLock } from './turns.js';

/** Which command holds the lock. */
export interface LockOptions {
  readonly context: CallContext;
  readonly journal: Journal;
  /** How errors name it: `move`. */
  readonly what: string;
  /** Without it a wait for what a former holder sent may be longer than it has to be. */
  readonly hear?: Awaiting['hear'];
}

/**
 * Carries out a command under the journal's lock, and yields its events. `begin` reads and refuses, and returns the work. A caller that
 * stops reading events stops the command: the step in progress is still finished and recorded.
 * @throws {PosternError} `LOCKED`; what `begin` throws; `ABORTED` and what the work throws after the last event.
 */
export async function* underLock<E, R>(
  { context, journal, what, hear }: LockOptions,
  begin: (stop: AbortController) => Promise<(emit: (event: E) => void) => Promise<R>>,
): AsyncGenerator<E, R, undefined> {
  const { signal } = context;
  refuseAborted(what, signal);
  const lock = await takeLock(afterLateWrites(journal, { context, hear }), what, signal);
  const stop = new AbortController();
  const deaf = onAbort(signal, () => stop.abort(signal?.reason));
  try {
    const work = await begin(stop);
    const events = eventQueue<E>();
    // Not when the last event is read: a caller that works between two events may wait for the lock.
    const running = work((event) => events.push(event)).finally(() => lock.release());
    const closed = running.then(
      () => events.close(),
      (error: unknown) => events.close(error),
    );
    try {
      yield* events;
    } finally {
      stop.abort(new PosternError('ABORTED', `${what}: the caller stopped reading events`));
      await closed;
    }
    if (signal?.aborted) throw aborted(what, signal);

    return await running;
  } finally {
    deaf();
    await lock.release();
  }
}
