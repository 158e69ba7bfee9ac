import type { Interrupted } from './interrupted.js';
import type { Io } from './io.js';

/** Resolves when the process is asked to end. */
export function untilInterrupted({ signal }: Pick<Io, 'signal'>): Promise<Interrupted> {
  return new Promise((resolve) => {
    const end = (): void => resolve(signal.reason as Interrupted);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
