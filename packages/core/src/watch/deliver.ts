import { isPosternError } from '../ground/errors.js';
import { watchMessage, type WatchMessage } from './message.js';
import type { WatchHistory } from './model.js';
import { delivered, dueAt, notDelivered } from './history.js';

/** A receiver of changes. */
export interface Notifier {
  /** Its kind and host, and a digest of its address, which may be a secret: `slack hooks.slack.com (1a2b3c4d)`. */
  readonly channel: string;
  /** Delivers a message. @throws {NotDelivered} */
  readonly send: (message: WatchMessage) => Promise<void>;
}

/** A notifier did not receive a message; the text names no address. */
export class NotDelivered extends Error {}

/** How {@link deliver} goes on. */
export interface DeliverOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Keeps the history, after each notifier. */
  readonly save?: ((history: WatchHistory) => Promise<void>) | undefined;
  /** What a user is shown: the first failure of a message, and its end. */
  readonly note?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends what is due, each notifier one message of all that it has not received. What fails stays in the history. Returns the history.
 */
export async function deliver(
  history: WatchHistory,
  notifiers: readonly Notifier[],
  { now, save, note, signal }: DeliverOptions,
): Promise<WatchHistory> {
  let state = history;
  for (const { channel, events, dropped, attempts } of dueAt(history, now())) {
    const notifier = notifiers.find((one) => one.channel === channel);
    if (notifier === undefined) continue;
    try {
      await notifier.send(watchMessage(state, events, dropped));
      if (attempts > 0) note?.(`${channel} has received what it had missed`);
      state = delivered(state, channel);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof NotDelivered) && !isPosternError(error)) throw error;
      if (attempts === 0) note?.(`${channel} ${error.message}; it is tried again, and nothing is lost`);
      state = notDelivered(state, channel, error.message, now());
    }
    await save?.(state);
  }
  return state;
}
