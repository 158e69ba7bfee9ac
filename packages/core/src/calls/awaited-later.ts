/**
 * The same promise, which the caller awaits only after something else. Should that fail first, nobody would handle a rejection of
 * this one, and Node.js would end the process; awaited in time, it rejects as before.
 */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
