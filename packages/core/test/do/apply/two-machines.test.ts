import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { createContext, driversOf, type Drivers } from '../../../src/do/context.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import { drive, seeded } from '../../drive.js';
import { apply, describeOnEachEngine } from '../../engines.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, smallSpec, stepIds } from '../../fake-run.js';
import { FakeInstances } from '../../instances.js';
import { CLOUDS } from '../../clouds.js';

const SPEC = smallSpec({ integrations: {} });

/** A run on a separate machine, with its own journal. */
async function machine(
  cloud: FakeCloud,
  drivers: Drivers,
  seed: number,
  startMs: number,
  spec = SPEC,
): Promise<readonly RunEvent[]> {
  const context = createContext({ clock: cloud.clock, random: seeded(seed) });
  await cloud.clock.sleep(startMs);
  const plan = diff(await observeSpec(spec, drivers, context), spec, { clouds: CLOUDS });
  const events: RunEvent[] = [];
  for await (const event of apply(plan, { spec, drivers, context, allowPurchase: true })) events.push(event);
  return events;
}

function there(cloud: FakeCloud): readonly string[] {
  return [...cloud.links.values()].filter(({ deletedMs }) => deletedMs === undefined).map(({ id }) => id);
}

const failures = (events: readonly RunEvent[]) => events.filter(({ type }) => type === 'step.failed');

describeOnEachEngine('two machines that apply at once, with lists that lag', () => {
  it.each([0, 1, 20_000, 29_999])('and start %i ms apart have one link, the older one', async (apartMs) => {
    const cloud = new FakeCloud();
    cloud.lagMs = 30_000;
    const runs = [0, apartMs].map((startMs, at) => machine(cloud, driversOf(cloud.driver()), at + 1, startMs));
    const both = await drive(cloud.clock, Promise.all(runs));
    expect(cloud.calls.filter((call) => call === 'links.create')).toHaveLength(2);
    expect(there(cloud)).toEqual(['vl-1']);
    expect(both.map((events) => doneOf(events).failed)).toEqual([0, 0]);
    expect(stepIds(await planOf(cloud, SPEC))).toEqual([]);
  });

  it('have one link where it costs money: the run that bought the newer one deletes it', async () => {
    const { cloud, drivers } = new FakeInstances();
    const spec = { ...SPEC, links: { eu: linkSpec({ provider: 'alibaba' }) } };
    cloud.lagMs = 30_000;
    const runs = [0, 5_000].map((startMs, at) => machine(cloud, drivers, at + 1, startMs, spec));
    const both = await drive(cloud.clock, Promise.all(runs));
    expect(cloud.calls.filter((call) => call === 'links.create')).toHaveLength(2);
    expect(there(cloud)).toHaveLength(1);
    expect(both.flatMap(failures)).toEqual([]);
  });

  it('keep the newer link while a route uses it, and use the older one', async () => {
    const cloud = new FakeCloud();
    cloud.gateway('api-1');
    const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
    const shape = { subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] };
    cloud.lagMs = 30_000;
    const older = cloud.addLink({
      ...shape,
      name: 'eu',
      tags: ownerTags({ ...owner, specHash: linkHash(owner, shape) }),
    });
    cloud.onChange = () => {
      const younger = there(cloud).find((id) => id !== older.id);
      if (!cloud.gateways.get('api-1')!.routes.has('GET /x')) cloud.addRoute('api-1', 'GET /x', { linkId: younger! });
    };
    Object.assign(older, { createdMs: cloud.clock.now() });
    const events = await drive(cloud.clock, machine(cloud, driversOf(cloud.driver()), 1, 0));
    expect(failures(events)).toEqual([]);
    expect(there(cloud)).toHaveLength(2);
    expect(events).toContainEqual(expect.objectContaining({ message: expect.stringContaining('is kept') }));
    expect(events).toContainEqual(expect.objectContaining({ result: { linkId: older.id, state: 'READY' } }));
  });
});
