/** A lock that is held. */
export interface Held {
  readonly release: () => Promise<void>;
}

/** A lock of which the holder learns that others of its process wait for it. */
export interface AwaitedLock extends Held {
  readonly isAwaited: () => boolean;
}

/**
 * A lock whose callers in this process take turns, in the order in which they come: a second one waits for the first, and is not
 * refused. `take` takes it from other processes.
 */
export function inTurn(take: () => Promise<Held>): () => Promise<AwaitedLock> {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  return async () => {
    const before = last;
    const { ended, end } = promiseToEnd();
    last = ended;
    waiting += 1;
    await before;
    waiting -= 1;
    const lock = await take().catch((error: unknown) => {
      end();
      throw error;
    });
    return { isAwaited: () => waiting > 0, ...releasedOnce(() => lock.release().finally(end)) };
  };
}

/** A lock of which a second release does nothing. */
export function releasedOnce(release: () => Promise<void>): Held {
  let released: Promise<void> | undefined;
  return { release: () => (released ??= release()) };
}

/** A promise, and the function that resolves it. `Promise.withResolvers` is of Node 22. */
export function promiseToEnd(): { readonly ended: Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
}
