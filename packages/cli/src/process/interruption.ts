import type { Io } from './io.js';

/**
 * The process was asked to end: SIGINT (130) or SIGTERM (143). SIGHUP, of a terminal that was closed, counts
 * as SIGTERM.
 */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`stopped by ${signal}`);
  }
  get exitCode(): number {
    return this.signal === 'SIGINT' ? 130 : 143;
  }
}

/** Resolves when the process is asked to end. */
export function untilInterrupted({ signal }: Pick<Io, 'signal'>): Promise<Interrupted> {
  return new Promise((resolve) => {
    const end = (): void => resolve(signal.reason as Interrupted);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
