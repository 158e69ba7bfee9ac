import { afterAll, beforeAll } from 'vitest';
import type { Simulation, SimulationServer } from '../src/internal/simulation.js';

/** The server of a simulation, which listens while the tests of the file run. */
export function hosted(simulation: Simulation): () => SimulationServer {
  let server: SimulationServer;
  beforeAll(async () => {
    server = await simulation.listen();
  });
  afterAll(() => server.close());
  return () => server;
}
