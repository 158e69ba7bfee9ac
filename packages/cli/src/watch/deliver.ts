import { isPosternError } from '@postern/core';
import { delivered, dueAt, notDelivered, watchMessage, type WatchHistory } from '@postern/core/watch';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import { NotDelivered, type Notifier } from './notifiers.js';

/**
 * Sends what is due, each notifier one message of all that it has not received. What fails stays in the history, which is saved after each
 * notifier. Returns the history.
 */
export async function deliver(
  io: Io,
  notifiers: readonly Notifier[],
  history: WatchHistory,
  { now, save }: { readonly now: () => number; readonly save: (history: WatchHistory) => Promise<void> },
): Promise<WatchHistory> {
  let state = history;
  for (const { channel, events, attempts } of dueAt(history, now())) {
    const notifier = notifiers.find((one) => one.channel === channel);
    if (notifier === undefined) continue;
    try {
      await notifier.send(watchMessage(state, events));
      if (attempts > 0) note(io, `${channel} has received what it had missed`);
      state = delivered(state, channel);
    } catch (error) {
      io.signal.throwIfAborted();
      if (!(error instanceof NotDelivered) && !isPosternError(error)) throw error;
      if (attempts === 0) note(io, `${channel} ${error.message}; it is tried again, and nothing is lost`);
      state = notDelivered(state, channel, error.message, now());
    }
    await save(state);
  }
  return state;
}
