import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../../core/test/drive.js';
import { applyOf, restart, type Stage } from './stage.js';
import { leftOver } from './trial.js';

/** Runs after both that may find the other one's change in progress. */
const MOST_RUNS = 3;

/** Two processes apply the second spec, each in a folder of its own, at about the same time. What is not as it must be. */
export async function together(stage: Stage, seed: number, cwd: string): Promise<readonly string[]> {
  const { scene, command, env } = stage;
  const { simulation } = scene.server;
  const random = seeded(seed * 104_729);
  const folders = [`${cwd}-1`, `${cwd}-2`];
  for (const one of folders) restart(stage, one);
  const load = simulation.traffic.load({ gateway: scene.host, paths: ['/orders'], perSecond: 2, seconds: 0 });
  const both = await Promise.all(
    folders.map(async (one, at) => {
      await pause(at * random() * stage.usualMs);
      return command.start(applyOf(scene), { cwd: one, env }).ended;
    }),
  );
  const odd = both
    .filter(({ status, killedBy }) => killedBy !== null || ![0, 1, 75].includes(status ?? -1))
    .map(({ status, err }) => `one of two ended with ${status}: ${err}`);
  let last = both[1];
  for (let runs = 0; runs < MOST_RUNS && (runs === 0 || last?.status !== 0); runs += 1) {
    last = await command.start(applyOf(scene), { cwd: folders[0] ?? cwd, env }).ended;
  }
  if (last?.status !== 0) odd.push(`a later run ended with ${last?.status}: ${last?.err}`);
  await simulation.advance(60_000);
  const { lost, firstLost } = load.end();
  if (lost > 0) odd.push(`${lost} calls were lost, first ${JSON.stringify(firstLost)}`);
  odd.push(...(await leftOver(stage, folders[0] ?? cwd, 1))); // an integration of each process may keep one of the two routes
  return odd.map((text) => `seed ${seed}: ${text}`);
}
