import { memoryJournal } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { runs, sample } from '../../../core/test/runs.js';
import { machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, type Scene } from './scene.js';

/** What was created, by operation. A deployment is made again where a run ended before it was seen. */
function creations({ simulation }: Scene): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation, status } of simulation.journal())
    if (/^(?:Create|SetVpcAccess|Authorize|Put)/.test(operation) && status < 300 && operation !== 'CreateDeployment')
      counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

describe.each(sample(CLOUDS, 2))('a run that begins at once after one that failed, on %s', (_, sceneOf) => {
  it('finds what lists do not show yet: nothing is created twice, whichever write was the last one', async () => {
    const random = (): number => 0.5;
    const plain = await sceneOf(7);
    await repair(plain, () => machine(plain.simulation, { random }));
    const stride = runs(3, 1);
    let refused = 0;
    for (let writes = 0; ; writes += stride) {
      const scene = await sceneOf(7);
      const { simulation } = scene;
      const journal = memoryJournal();
      const lagMs = 24_000 + Math.floor(seeded(writes)() * 6_000);
      const stale = { kind: 'stale', ms: lagMs, leastMs: lagMs } as const;
      simulation.faults.add(stale);
      let isRefused = false;
      const first = machine(simulation, {
        random,
        journal,
        around: async (call, send) => {
          const answer = await send();
          if (!call.isWrite || call.writes !== writes) return answer;
          isRefused = true;
          simulation.faults.clear();
          simulation.faults.add({ kind: 'deny' });
          return answer;
        },
      });
      await runOnce(scene, first);
      if (!isRefused) break;
      refused += 1;
      simulation.faults.clear();
      simulation.faults.add(stale);
      await runOnce(scene, machine(simulation, { random, journal }));
      simulation.faults.clear();
      await simulation.advance(60_000);
      await repair(scene, () => machine(simulation, { random, journal }));
      await simulation.advance(600_000);
      expect([writes, creations(scene), scene.shape()]).toEqual([writes, creations(plain), plain.shape()]);
    }
    expect(refused).toBeGreaterThanOrEqual(1);
  });
});
