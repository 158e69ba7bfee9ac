import { memoryJournal } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { seeds } from '../../../core/test/runs.js';
import { killAt, machine } from './machine.js';
import { PRODUCTS, shapeOf, SPECS, type ProductScene } from './products.js';
import { repair, runOnce, type RunGoal } from './repaired.js';

/** How far reads lag at most, and how long it is between two runs, in milliseconds. */
const LAG_MS = 28_000;
const PAUSES = [0, 5_000, 40_000, 600_000, 7_200_000];

/** The most runs, and the most writes before a kill. */
const MOST = 6;
const WRITES = 14;

/** What one run is to do: a spec by its number, or a destroy. */
const goalOf = ({ specOf }: ProductScene, turn: number): RunGoal =>
  turn < 0 ? { spec: specOf(0), destroy: true } : { spec: specOf(turn) };

/** A scene in which some specs were applied and destroyed one after the other, and what its runs did. */
async function history(sceneOf: (seed: number) => Promise<ProductScene>, seed: number) {
  const scene = await sceneOf(seed);
  const { simulation } = scene;
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const turns = Array.from({ length: 1 + Math.floor(random() * MOST) }, () =>
    random() < 0.3 ? -1 : Math.floor(random() * SPECS),
  );
  if (random() < 0.6) simulation.faults.add({ kind: 'stale', ms: LAG_MS * random(), leastMs: 0 });
  const shared = random() < 0.7 ? memoryJournal() : undefined;
  const log: string[] = [];
  for (const turn of turns.slice(0, -1)) {
    const write = random() < 0.5 ? Math.floor(random() * WRITES) : -1;
    const around = killAt(write, random() < 0.5 ? 'after' : 'before');
    const { failed } = await runOnce(
      scene,
      machine(simulation, { random, journal: shared, around }),
      goalOf(scene, turn),
    );
    log.push(`${turn < 0 ? 'destroy' : `spec ${turn}`}: ${failed.join('; ')}`);
    await simulation.advance(pick(PAUSES));
  }
  const last = turns.at(-1) ?? -1;
  const next = () => machine(simulation, { random, journal: shared });
  const runs = await repair(scene, next, goalOf(scene, last)).catch((error: Error) => error.message);
  simulation.faults.clear();
  await simulation.advance(600_000);
  return { last, log: [...log, `last ${last}`], runs, shape: await shapeOf(scene) };
}

/** What the last spec alone ends with. */
async function alone(sceneOf: (seed: number) => Promise<ProductScene>, seed: number, last: number) {
  const scene = await sceneOf(seed);
  const random = (): number => 0.5;
  if (last >= 0) await repair(scene, () => machine(scene.simulation, { random }), goalOf(scene, last));
  await scene.simulation.advance(600_000);
  return shapeOf(scene);
}

describe.each(PRODUCTS)('a history of specs, destroys and kills, on %s', (_, sceneOf) => {
  it('ends where the last spec alone ends', async () => {
    for (const seed of seeds(2, 500)) {
      const { last, log, runs, shape } = await history(sceneOf, seed);
      expect({ seed, log, runs: typeof runs, shape }).toEqual({
        seed,
        log,
        runs: 'number',
        shape: await alone(sceneOf, seed, last),
      });
    }
  });
});
