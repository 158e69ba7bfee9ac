import { describe, expect, it } from 'vitest';
import { runs, sample } from '../../../core/test/runs.js';
import { killAt, machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, type Scene } from './scene.js';

const random = (): number => 0.5;

/** A run without faults, as the result to compare with. */
async function whole(sceneOf: (seed: number) => Promise<Scene>, destroy: boolean): Promise<readonly string[]> {
  const scene = await sceneOf(7);
  await repair(scene, () => machine(scene.simulation, { random }));
  if (destroy) await repair(scene, () => machine(scene.simulation, { random }), { destroy });
  return scene.shape();
}

describe.each(sample(CLOUDS, 2))('the journal is deleted after a run that was killed, on %s', (_, plainScene) => {
  const sceneOf = (seed: number) => plainScene(seed, { allowlist: true });

  it.each(
    sample(
      [
        ['before', false],
        ['after', false],
        ['before', true],
        ['after', true],
      ] as const,
      2,
    ),
  )(
    '%s the effect of any write (destroy: %s): the next run ends as one that nothing disturbed',
    async (when, destroy) => {
      const wanted = await whole(sceneOf, destroy);
      const stride = when === 'before' ? runs(23, 3) : runs(19, 3);
      let writes = 0;
      for (; ; writes += stride) {
        const scene = await sceneOf(7);
        const { simulation } = scene;
        if (destroy) await repair(scene, () => machine(simulation, { random }));
        const first = machine(simulation, { random, around: killAt(writes, when) });
        const { failed } = await runOnce(scene, first, { destroy });
        if (!failed.includes('killed')) break;
        // Another machine with an empty journal: only the cloud shows what the first one did.
        await repair(scene, () => machine(simulation, { random }), { destroy });
        await simulation.advance(600_000);
        expect([writes, ...scene.shape()]).toEqual([writes, ...wanted]);
      }
      expect(writes).toBeGreaterThanOrEqual(3);
    },
  );
});
