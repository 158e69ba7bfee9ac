import { describe, expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { programs, type Trouble } from './ten-programs.js';
import { CLOUDS } from './scene.js';

const COUNT = 10;
const MINUTE = 60_000;

/** How one seed differs: lists lag, answers are lost, calls are refused by their rate; some programs cannot read for long after their create. */
function troubleOf(seed: number): (at: number) => Trouble {
  return (at) => ({
    lost: seed % 2 === 0 ? 0.1 : 0,
    throttled: seed % 3 === 0 ? 0.2 : 0.02,
    stormMs: seed % 4 === 1 && at % 3 === 0 ? 20 * MINUTE : seed % 4 === 3 ? 2 * MINUTE : 0,
  });
}

describe.each(CLOUDS)('ten programs that make sure of one link at once, on %s', (_, sceneOf) => {
  it('end with the same link, or with an error that names what they created; no second link is left', async () => {
    const odd: string[] = [];
    for (const seed of seeds(8, 400)) {
      // Where the cloud takes one creation in 15 seconds, few of ten programs get to create one.
      const scene = await sceneOf(seed, { throttle: seed % 3 === 2 });
      scene.simulation.faults.add({ kind: 'stale', ms: 30_000, leastMs: seed % 3 === 0 ? 0 : 20_000 });
      const ended = await programs(scene, seed, COUNT, troubleOf(seed));
      const left = scene.links();
      const links = new Set(ended.flatMap(({ link }) => link ?? []));
      const silent = ended.filter(
        ({ error, created }) => error !== undefined && created.some((id) => left.includes(id) && !error.includes(id)),
      );
      if (left.length !== 1 || [...links].some((id) => id !== left[0]) || silent.length > 0)
        odd.push(`seed ${seed}: ${left.join()} left; ${JSON.stringify(ended)}`);
      if (!ended.some(({ link }) => link !== undefined)) odd.push(`seed ${seed}: none ended: ${JSON.stringify(ended)}`);
    }
    expect(odd).toEqual([]);
  });
});
