import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { test as base, type TestAPI } from 'vitest';

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

/** Simulated clouds for a test: served on loopback, new for each test, with access to the clock. */
export interface Clouds extends Simulation {
  /** The endpoint to give to clients. */
  readonly url: string;
  /** Credentials to give to clients: throw-away ones. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Any will do, unless signatures are verified. */
const CREDENTIALS = { accessKeyId: 'AKIAPOSTERNSIMULATOR', secretAccessKey: 'simulated' };

/**
 * vitest's `test` with simulated clouds of your own settings:
 * `const test = withClouds({ seed: 7 }); test('…', async ({ clouds }) => { … });`
 */
export function withClouds(options: SimulateOptions = {}): TestAPI<{ readonly clouds: Clouds }> {
  return base.extend<{ readonly clouds: Clouds }>({
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures that one needs from this pattern
    clouds: async ({}, use) => {
      const simulation = simulate(options);
      const server = await simulation.listen();
      const isManual = options.clock === undefined || options.clock === 'manual';
      const stop = isManual ? watchStillClock(simulation) : () => undefined;
      try {
        await use({ ...simulation, url: server.url, credentials: CREDENTIALS });
      } finally {
        stop();
        await server.close();
      }
    },
  });
}

/** vitest's `test` with simulated clouds: `test('…', async ({ clouds }) => { … })`. */
export const test: TestAPI<{ readonly clouds: Clouds }> = withClouds();
