import type { CallContext } from '../../ground/calls/call-context.js';

/** The first read is repeated after this time; each later one after twice the time of the previous one. */
const FIRST_MS = 1_000;

/**
 * Reads until `isThere`, or until a read must show what was written before the first one (`stalenessMs`), and returns what was read
 * last. For what is known to exist, or was just written: it is missing only if it is missing for that long.
 */
export async function readUntil<T>(
  read: () => Promise<T>,
  isThere: (value: T) => boolean,
  stalenessMs: number,
  { clock, signal }: CallContext,
): Promise<T> {
  const endMs = clock.monotonicMs() + stalenessMs;
  for (let distanceMs = FIRST_MS; ; distanceMs *= 2) {
    // An answer shows what was when it was asked for: a process may be suspended until it reads the answer.
    const leftMs = endMs - clock.monotonicMs();
    const value = await read();
    if (isThere(value) || leftMs <= 0) return value;
    await clock.sleep(Math.min(distanceMs, leftMs), signal);
  }
}
