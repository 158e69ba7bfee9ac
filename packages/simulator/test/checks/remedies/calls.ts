import { expect } from 'vitest';
import type { Simulation } from '../../../src/index.js';

/** Calls of the routes of an API, until they are ended. */
export interface Calls {
  /** A minute passes: no call was lost until then. */
  readonly expectNoneLost: (after: string) => Promise<void>;
  /** No more calls of a path. */
  readonly drop: (path: string) => void;
  readonly end: () => void;
}

/** Calls paths of a gateway as time passes. Each of them is delivered before anything is changed. */
export async function callsOn(simulation: Simulation, gateway: string, paths: readonly string[]): Promise<Calls> {
  let jobs = paths.map((path) => ({
    path,
    job: simulation.traffic.load({ gateway, paths: [path], perSecond: 5, seconds: 0 }),
  }));
  const expectNoneLost = async (after: string): Promise<void> => {
    await simulation.advance(60_000);
    for (const { path, job } of jobs) {
      const { calls, delivered, firstLost } = job.status();
      expect(calls - delivered, `${path} after: ${after}\n${JSON.stringify(firstLost)}`).toBe(0);
      expect(calls).toBeGreaterThan(0);
    }
  };
  await expectNoneLost('nothing');
  return {
    expectNoneLost,
    drop: (path) => {
      for (const one of jobs) if (one.path === path) one.job.end();
      jobs = jobs.filter((one) => one.path !== path);
    },
    end: () => {
      for (const { job } of jobs) job.end();
    },
  };
}

/** The same for an HTTP API of the simulated AWS. */
export const callsUnder = (simulation: Simulation, api: string, paths: readonly string[]): Promise<Calls> =>
  callsOn(simulation, `${api}.execute-api.eu-west-1.amazonaws.com`, paths);
