import { createContext, type RegionSnapshot } from '@postern/core/internal/library';
import { encodeSnapshot, SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { simulate, type Simulation } from '@postern/simulator';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { checkedWorld, EVERYTHING } from '../world/checked-world.js';
import { randomWorld } from '../world/random-world.js';
import { REGION } from '../world/simulated.js';
import { unsetFields } from '../../../core/test/decode/unset-fields.js';
import { PROVE } from '../../../core/test/runs.js';

/** `npm test` reads a few worlds; `npm run prove` many. */
const WORLDS = !PROVE ? 6 : 1_000;

async function read(simulation: Simulation): Promise<RegionSnapshot> {
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  return driver.observe(EVERYTHING, createContext({ clock: simulation.clock, random: () => 0.5 }));
}

/** The text of a snapshot's file, as if all were taken at one moment. */
function fileOf(region: RegionSnapshot): string {
  return encodeSnapshot({
    version: SNAPSHOT_VERSION,
    takenAt: '2026-06-01T01:00:00.000Z',
    scope: 'all',
    regions: [region],
  });
}

/** What each link reaches of all addresses. */
function reached(simulation: Simulation, { links, instances = [], loadBalancers }: RegionSnapshot): readonly unknown[] {
  const to = [...instances, ...loadBalancers].map(({ id }) => id);
  return links.flatMap(({ id }) =>
    [...to, '10.99.0.1', '10.2.0.9'].flatMap((address) =>
      [80, 443, 8080].map((port) => {
        const { connects, sources, by } = simulation.connects(id, address, port);
        // The order in which several addresses are evaluated has no meaning.
        const from = sources.map((one) => [one.from, one.to, one.connects, one.by, ...one.via].join(' ')).toSorted();
        return { id, address, port, connects, from, ...(from.length === 0 ? { by } : {}) };
      }),
    ),
  );
}

it('is read as the world that its snapshot was taken of', async () => {
  const { simulation } = await checkedWorld();
  const region = await read(simulation);
  await expect(unsetFields([region])).toMatchFileSnapshot('fields-without-twin.txt');
  const file = fileOf(region);
  const twin = simulate({ throttle: false });
  expect(twin.loadSnapshot(decodeSnapshot(file))).toEqual([]);
  expect(fileOf(await read(twin)).split('\n')).toEqual(file.split('\n'));
});

it('is read as any world that its snapshot was taken of, and its links reach what they reached', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(719), { minLength: 300, maxLength: 1_200, size: 'max' }), async (tape) => {
      const simulation = simulate({ seed: 7, throttle: false });
      await randomWorld(simulation, tape);
      const region = await read(simulation);
      expect(region.gaps).toEqual([]);
      const file = fileOf(region);
      const twin = simulate({ throttle: false });
      // No snapshot has the instances of a registry.
      const registered = region.targets.flatMap(({ id, registered: of }) => (of === undefined ? [] : [id]));
      const unseen = registered.map((id) => `${REGION}: what is behind the service ${id}, of the type MSE_NACOS`);
      expect([...twin.loadSnapshot(decodeSnapshot(file))].toSorted()).toEqual(unseen.toSorted());
      expect(fileOf(await read(twin)).split('\n')).toEqual(file.split('\n'));
      expect(reached(twin, region)).toEqual(reached(simulation, region));
    }),
    { numRuns: WORLDS },
  );
}, 3_600_000);
