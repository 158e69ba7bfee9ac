import { abortable, throwIfAborted } from '../../ground/clocks/abort.js';
import { promiseToEnd, releasedOnce, type AwaitedLock, type Held } from './in-turn.js';
import type { Journal } from './journal.js';

/**
 * Takes the lock of a journal; a second release of it does nothing. A caller that is aborted while it waits for its turn gives the lock
 * back as soon as it has it.
 * @param doing what it is taken for, for the error
 * @throws {PosternError} `ABORTED`; `LOCKED` where another process holds it
 */
export async function takeLock(journal: Journal, doing: string, signal: AbortSignal | undefined): Promise<Held> {
  const taking = journal.lock().then(({ release }) => releasedOnce(release));
  try {
    return await untilAborted(taking, doing, signal);
  } catch (error) {
    taking.then(
      ({ release }) => release(),
      () => undefined, // it was never held
    );
    throw error;
  }
}

/** Work that holds the lock of a journal. */
type Holding = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** How the calls of one session hold the lock of its journal. */
export interface SessionLock {
  /** Together with other shared calls of the session: they are one writer. */
  readonly shared: Holding;
  /** After all calls that came before, and before all that come later. */
  readonly alone: Holding;
}

/** Calls that hold the lock together, or one that holds it alone. */
interface Turn {
  readonly isShared: boolean;
  holders: number;
  readonly lock: Promise<Held>;
  readonly ended: Promise<void>;
  readonly end: () => void;
  isAwaited: () => boolean;
}

/**
 * The lock of a journal for the calls of one session. Shared calls join those under way, unless another session, or a call that holds it
 * alone, waits: they come after it then. The lock is released when the last holder has ended.
 */
export function sessionLock(journal: Journal): SessionLock {
  let last: Turn | undefined;

  const join = (isShared: boolean): Turn => {
    const joined = last;
    if (joined !== undefined && isShared && joined.isShared && joined.holders > 0 && !joined.isAwaited()) {
      joined.holders += 1;
      return joined;
    }

    last = beginTurn(journal, isShared, joined?.ended);
    return last;
  };

  const hold = async <T>(isShared: boolean, work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const turn = join(isShared);
    try {
      await untilAborted(turn.lock, 'wait for the lock of the journal', signal);
    } catch (error) {
      void leave(turn).catch(() => undefined); // the lock may come much later
      throw error;
    }
    try {
      return await work();
    } finally {
      await leave(turn);
    }
  };

  return {
    shared: (work, signal) => hold(true, work, signal),
    alone: (work, signal) => hold(false, work, signal),
  };
}

function beginTurn(journal: Journal, isShared: boolean, before: Promise<void> = Promise.resolve()): Turn {
  const { ended, end } = promiseToEnd();
  const lock = before.then(() => journal.lock());
  const turn: Turn = { isShared, holders: 1, lock, ended, end, isAwaited: () => false };
  lock.then(
    (held) => {
      if ('isAwaited' in held) turn.isAwaited = () => (held as AwaitedLock).isAwaited();
    },
    () => undefined, // each holder reports why
  );
  return turn;
}

async function leave(turn: Turn): Promise<void> {
  turn.holders -= 1;
  if (turn.holders > 0) return;

  try {
    const held = await turn.lock.catch(() => undefined); // it was never held, and the caller has reported why
    await held?.release();
  } finally {
    turn.end();
  }
}

/** Ends a wait for a lock that others may still wait for. @throws {PosternError} `ABORTED` */
async function untilAborted(lock: Promise<Held>, doing: string, signal: AbortSignal | undefined): Promise<Held> {
  try {
    return await abortable(lock, signal);
  } catch (error) {
    throwIfAborted(doing, signal);
    throw error;
  }
}
