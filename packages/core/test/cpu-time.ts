import { expect } from 'vitest';

/**
 * Milliseconds of processor time that this process has used. A limit on work is a limit on this, not on the wall clock,
 * which other processes slow down.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Expects work to take less processor time than this, in milliseconds, in one of at most three runs. A measurement can be too large, never
 * too small: a collection of garbage, or a machine that its host holds up, counts as work of this process.
 */
export function expectCpuBelow(limitMs: number, work: () => void, what?: string): void {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3 && least >= limitMs; run += 1) {
    const start = cpuMs();
    work();
    least = Math.min(least, cpuMs() - start);
  }
  expect(least, what).toBeLessThan(limitMs);
}
