import { vi } from 'vitest';

/**
 * The waits of a program are in real time. Here its clock is faster; timeouts of the SDK stay as they are. `vi.restoreAllMocks` and
 * `vi.unstubAllGlobals` end it.
 */
export function hasten(speed: number): void {
  const { setTimeout: timer, performance: time } = globalThis;
  const now = time.now.bind(time);
  const start = now();
  vi.spyOn(time, 'now').mockImplementation(() => start + (now() - start) * speed);
  vi.stubGlobal('setTimeout', (done: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    timer(done, new Error().stack?.includes('real-clock') === true ? ms / speed : ms, ...given),
  );
}
