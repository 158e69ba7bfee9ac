import { PosternError } from '../errors.js';

/**
 * `promise`, or a rejection with the signal's reason as soon as the signal is aborted. What the promise comes to after that
 * is ignored, so use it only where that is safe.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Throws `ABORTED` when the signal is aborted. */
export function throwIfAborted(doing: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(doing, signal);
}

/** The error for a caller's abort: `ABORTED`, with the signal's reason as cause. `doing` says what was going on. */
export function aborted(doing: string, signal: AbortSignal | undefined): PosternError {
  return new PosternError('ABORTED', `${doing}: aborted`, { cause: signal?.reason });
}
