import { isPosternError } from '../errors.js';
import { abortable, throwIfAborted } from '../clocks/abort.js';

/**
 * Reads for several callers at once. A caller gets what was requested after it asked, so the answer is as
 * recent as one of its own: while a read is under way, those who ask wait for its end and share the next one.
 * An error is shared, too, except the abort of the caller that reads. `key` names what is read.
 * @throws {PosternError} `ABORTED` when the caller's own signal is aborted; what `read` rejects with.
 */
export type SharedReads = <T>(key: string, read: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** The read that is under way, and the one after it, which those who ask now share. */
interface Turn {
  readonly ended: Promise<void>;
  next?: Promise<unknown>;
}

/** Shared reads of one client. A key always names reads of one type. */
export function sharedReads(): SharedReads {
  const turns = new Map<string, Turn>();

  const begin = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const reading = read();
    const end = (): void => {
      if (turn.next === undefined) turns.delete(key);
    };
    const turn: Turn = { ended: reading.then(end, end) };
    turns.set(key, turn);
    return reading;
  };

  return async <T>(key: string, read: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    for (;;) {
      throwIfAborted(key, signal);
      const turn = turns.get(key);
      if (turn === undefined) return begin(key, read);
      turn.next ??= turn.ended.then(() => begin(key, read));
      try {
        return await abortable(turn.next as Promise<T>, signal);
      } catch (error) {
        throwIfAborted(key, signal);
        if (!isPosternError(error, 'ABORTED')) throw error; // else: the caller that read was aborted
      }
    }
  };
}
