import { promises } from 'node:fs';
import { hasHolder, isGone, removeLock } from './lock-folder.js';

/** After a refresh that failed, the next one comes sooner. */
const RETRY_MS = 1_000;

/** A lock that is held. */
export interface FileLock {
  readonly release: () => Promise<void>;
  /** The process that holds it: the content of its holder file. */
  readonly holder: string;
  /** Reads the holder file. @throws where another process has taken over the lock, or where that cannot be read */
  readonly requireHeld: () => void;
}

/**
 * Refreshes the time of a lock that was created with `holder`, until it is released. Its timer does not keep the process
 * running, and nothing listens to the end of the process: the lock of a process that has ended is removed by the next one.
 * @param onLost called once, when the folder is gone or has another holder, or could not be refreshed for `staleMs`
 */
export function holdLock(
  lock: string,
  holder: string,
  staleMs: number,
  onLost: (error: Error) => void,
  now: () => number = Date.now,
): FileLock {
  let isHeld = true;
  let refreshedMs = now();
  let timer: NodeJS.Timeout;

  const refreshIn = (delayMs: number): void => {
    timer = setTimeout(() => void refresh(), delayMs);
    timer.unref();
  };

  const lose = (error: Error): void => {
    isHeld = false;
    onLost(error);
  };

  const refresh = async (): Promise<void> => {
    try {
      const time = new Date(now());
      if (!hasHolder(lock, holder)) return lose(takenOver());

      await promises.utimes(lock, time, time);
      if (!isHeld) return;

      refreshedMs = time.getTime();
      refreshIn(staleMs / 4);
    } catch (error) {
      if (!isHeld) return;
      if (isGone(error) || now() - refreshedMs > staleMs) return lose(error as Error);

      refreshIn(RETRY_MS);
    }
  };

  refreshIn(staleMs / 4);
  return {
    holder,
    requireHeld: () => {
      if (!isHeld || !hasHolder(lock, holder)) throw takenOver();
    },
    release: () => {
      if (!isHeld) return Promise.resolve();

      isHeld = false;
      clearTimeout(timer);
      return released(lock, holder);
    },
  };
}

const takenOver = (): Error => new LockLost('another process has taken over the lock');

/** Another process has the lock: nothing more may be written. */
export class LockLost extends Error {}

async function released(lock: string, holder: string): Promise<void> {
  try {
    if (hasHolder(lock, holder)) removeLock(lock);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
