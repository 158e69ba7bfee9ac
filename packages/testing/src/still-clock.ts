import type { Simulation } from '@postern/simulator';

/** Sooner than a test of vitest times out. */
const AFTER_MS = 4_000;

/**
 * Warns once where a test has called the clouds and their time stands still: a program that waits for a link waits for ever, and the
 * test times out without a reason. Returns what ends the watching.
 */
export function watchStillClock(
  simulation: Pick<Simulation, 'clock' | 'journal'>,
  // oxlint-disable-next-line no-console -- vitest shows it beside the test
  { afterMs = AFTER_MS, warn = (text: string): void => console.warn(text) } = {},
): () => void {
  const began = simulation.clock.now();
  const timer = setTimeout(() => {
    if (simulation.clock.now() !== began || simulation.journal().length === 0) return;

    warn(
      `The clock of the simulated clouds has stood still for ${afterMs / 1000} s: a program that waits for a link does not go on. Call clouds.advance(milliseconds), or use withClouds({ clock: 'auto' }), with which waits end at once.`,
    );
  }, afterMs);
  timer.unref();
  return () => clearTimeout(timer);
}
