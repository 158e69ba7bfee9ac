import { createContext } from '@postern/core/internal/library';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { simulate } from '@postern/simulator';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectImport } from '../../../testing/test/adapters/imported-world.js';
import { alibaba } from '../../src/index.js';
import { EVERYTHING } from '../world/checked-world.js';
import { randomWorld } from '../world/random-world.js';
import { REGION } from '../world/simulated.js';
import { PROVE } from '../../../core/test/runs.js';

it('an import of any region is a spec that apply takes, and that changes nothing', async () => {
  let gateways = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(719), { minLength: 300, maxLength: 1_200, size: 'max' }), async (tape) => {
      const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
      await randomWorld(simulation, tape);
      await simulation.advance(1_200_000);
      const driver = () => alibaba({ region: REGION, api: simulation.alibaba(REGION) });
      const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
      const region = await driver().observe(EVERYTHING, ctx);
      gateways += region.gateways.length;
      const takenAt = new Date(simulation.clock.now()).toISOString();
      await expectImport(simulation, driver, { version: SNAPSHOT_VERSION, takenAt, scope: 'all', regions: [region] });
    }),
    PROVE ? { numRuns: 300, endOnFailure: true } : { numRuns: 30, seed: 20_261_128, endOnFailure: true },
  );
  expect(gateways).toBeGreaterThan(5);
}, 3_600_000);
