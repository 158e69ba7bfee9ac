import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { test as base, type TestAPI } from 'vitest';
import { watchStillClock } from './still-clock.js';

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
