import { describe, expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { CLOUDS, created } from './scene.js';
import { killed, together } from './trial.js';

/** The seeds with another result than `wanted`. */
async function others<T>(trial: (seed: number) => Promise<T>, wanted: T): Promise<readonly string[]> {
  const odd: string[] = [];
  for (const seed of seeds(1, 500)) {
    const outcome = await trial(seed);
    if (JSON.stringify(outcome) !== JSON.stringify(wanted)) odd.push(`seed ${seed}: ${JSON.stringify(outcome)}`);
  }
  return odd;
}

describe.each(CLOUDS)('links on %s, with lists that lag up to 30 s', (_, sceneOf) => {
  it('a run that was killed after the create, continued after 0 to 15 s, creates no second one', async () => {
    const trial = async (seed: number) => {
      const scene = await sceneOf(seed);
      const failed = await killed(scene, seed);
      return { links: scene.links().length, created: created(scene), failed };
    };
    expect(await others(trial, { links: 1, created: 1, failed: [] })).toEqual([]);
  });

  it('two machines that apply at the same time end with one link', async () => {
    const trial = async (seed: number) => {
      const scene = await sceneOf(seed);
      const { links, later } = await together(scene, seed);
      return { links, afterwards: scene.links().length, later };
    };
    expect(await others(trial, { links: 1, afterwards: 1, later: [] })).toEqual([]);
  });
});
