import {
  createContext,
  encodeSnapshot,
  SNAPSHOT_VERSION,
  sortSnapshot,
  type RegionSnapshot,
  type Snapshot,
} from '@postern/core';
import { decodeSnapshot } from '@postern/core/decode';
import { simulate, type Simulation } from '@postern/testing';
import { describe, expect, it } from 'vitest';
import { aws } from '../src/index.js';
import { buildChecksWorld } from './checks-world.js';
import { OWNER, REGION } from './simulated.js';

/** What a snapshot command would write of a simulated region. */
async function snapshotOf(simulation: Simulation): Promise<Snapshot> {
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const takenAt = new Date(simulation.clock.now()).toISOString();
  const region = await driver.observe({ all: true, checks: true }, ctx);
  return { version: SNAPSHOT_VERSION, takenAt, scope: 'all', regions: [region] };
}

/** The same without what nobody compares: the cloud's own objects, and the order of lists. */
function comparable(snapshot: Snapshot): RegionSnapshot | undefined {
  const [region] = sortSnapshot(snapshot).regions;
  return JSON.parse(JSON.stringify(region, (key, value: unknown) => (key === 'raw' ? undefined : value)));
}

describe('the twin of a region', () => {
  it('shows everything that the region showed, when it was read from a file', async () => {
    const simulation = simulate({ seed: 7, clock: 'auto' });
    const world = await buildChecksWorld(simulation, REGION);
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
    await driver.links.create(
      { name: 'orders', owner: OWNER, subnetIds: world.subnetIds, securityGroupIds: [world.linkGroup], tags: {} },
      ctx,
    );
    await simulation.advance(900_000);
    const snapshot = await snapshotOf(simulation);
    const file = decodeSnapshot(encodeSnapshot(snapshot));
    const twin = simulate({ seed: 99, clock: 'auto' });
    expect(twin.loadSnapshot(file)).toEqual([
      `rules that go before the default action of ${world.httpsListener} were not read`,
    ]);
    const again = await snapshotOf(twin);
    expect(again.takenAt).toBe(snapshot.takenAt);
    expect(comparable(again)).toEqual(comparable(snapshot));
  });
});
