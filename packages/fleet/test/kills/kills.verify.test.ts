import { expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { fleetWorld } from '../fleet-world.js';

const WORKERS = 3;

it.runIf(PROVE)('whatever is killed, each integration is made once', async () => {
  const world = await fleetWorld({ accounts: 4, links: 5, workers: WORKERS, speed: 30 });
  try {
    await world.client.start(world.request('killed'));
    let kills = 0;
    const timer = setInterval(() => void killOne(), 4_000);
    const killOne = async (): Promise<void> => {
      const pids = world.pids();
      if (pids.length < WORKERS) return; // one that was killed is started again
      kills += 1;
      process.kill(pids[kills % WORKERS]!, 'SIGKILL');
      if (kills !== 2 && kills !== 4) return;
      await world.engine.kill();
      await world.engine.restart();
    };
    const state = await world.ended('killed').finally(() => clearInterval(timer));
    expect(state).toMatchObject({ state: 'done', counts: { units: { done: 40 } } });
    const all: number[][] = [];
    for (const { server } of world.accounts) {
      const made = server.simulation.journal().filter(({ status }) => status < 300);
      const counts = ['CreateVpcLink', 'CreateIntegration', 'CreateRoute', 'DeleteVpcLink'].map(
        (operation) => made.filter((one) => one.operation === operation).length,
      );
      all.push(counts);
    }
    expect(all).toEqual(world.accounts.map(() => [5, 5, 5, 0]));
  } finally {
    await world.close();
  }
});
