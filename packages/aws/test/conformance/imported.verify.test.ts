import { createContext } from '@postern/core/internal/library';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { simulate } from '@postern/simulator';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectImport } from '../../../testing/test/adapters/imported-world.js';
import { aws } from '../../src/index.js';
import { buildWorld, worlds } from '../random-world/build-world.js';
import { REGION } from '../world/simulated.js';
import { PROVE } from '../../../core/test/runs.js';

it('an import of any region is a spec that apply takes, and that changes nothing', async () => {
  let links = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async (steps) => {
      const quotas = { vpcs: 20, 'vpn-gateways': 20 };
      const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, quotas });
      await buildWorld(simulation, REGION, steps);
      await simulation.advance(1_200_000);
      const driver = () => aws({ region: REGION, clients: simulation.clients(REGION) });
      const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
      const region = await driver().observe({ all: true, checks: true }, ctx);
      links += region.links.length;
      const takenAt = new Date(simulation.clock.now()).toISOString();
      await expectImport(simulation, driver, { version: SNAPSHOT_VERSION, takenAt, scope: 'all', regions: [region] });
    }),
    PROVE ? { numRuns: 300, endOnFailure: true } : { numRuns: 18, seed: 20_261_128, endOnFailure: true },
  );
  expect(links).toBeGreaterThan(5);
}, 3_600_000);
