/**
 * Returns the same promise, for a caller that awaits it only after another operation. If that operation fails
 * first, a rejection of this promise would be unhandled, and Node.js would end the process. Awaited in time,
 * the promise rejects as before.
 */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
