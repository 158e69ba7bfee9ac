import { PosternError } from '../errors.js';

/**
 * `promise`, or a rejection with the signal's reason as soon as the signal is aborted. The result of the
 * promise after that is ignored, so use it only where that is safe.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;

  return new Promise<T>((resolve, reject) => {
    const stop = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(stop);
  });
}

/**
 * The listeners of each signal. One listener represents all of them: Node warns of a leak where a signal has eleven.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `listener` when the signal is aborted, immediately if it already is. The returned function removes
 * the listener.
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) {
    listener();
    return () => undefined;
  }

  const listeners = waiting.get(signal) ?? listenTo(signal);
  const entry = (): void => listener();
  listeners.add(entry);
  return () => void listeners.delete(entry);
}

/**
 * A signal of its own that follows `signal`, for code that adds listeners to what it is given; `stop` when it is done.
 */
export function childSignal(signal: AbortSignal): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, stop: onAbort(signal, () => controller.abort(signal.reason)) };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  waiting.set(signal, listeners);
  const abort = (): void => {
    for (const listener of listeners) listener();
    listeners.clear();
  };
  signal.addEventListener('abort', abort, { once: true });
  return listeners;
}

/** Throws `ABORTED` when the signal is aborted. */
export function throwIfAborted(doing: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(doing, signal);
}

/**
 * The error for a caller's abort: `ABORTED`, with the signal's reason as cause. `doing` names the interrupted
 * operation.
 */
export function aborted(doing: string, signal: AbortSignal | undefined): PosternError {
  return new PosternError('ABORTED', `${doing}: aborted`, { cause: signal?.reason });
}
